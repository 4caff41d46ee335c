package dev.millrace.feed;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Looks host names up on a thread of its own, {@code md-feed-lookup}: the JDK's lookup blocks, for many seconds when the
 * name service is away, and what waits for the ring must not wait for that.
 */
final class NameLookup extends AddressResolverGroup<InetSocketAddress> {

    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread lookup = new Thread(task, "md-feed-lookup");
        // A lookup cannot be interrupted; it must not hold up the end of the process.
        lookup.setDaemon(true);
        return lookup;
    });

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor loop) {
        return new Resolver(loop).asAddressResolver();
    }

    @Override
    public void close() {
        thread.shutdownNow();
        super.close();
    }

    private final class Resolver extends InetNameResolver {

        Resolver(EventExecutor loop) {
            super(loop);
        }

        @Override
        protected void doResolve(String host, Promise<InetAddress> promise) {
            thread.execute(() -> {
                try {
                    promise.trySuccess(InetAddress.getByName(host));
                } catch (UnknownHostException e) {
                    promise.tryFailure(e);
                }
            });
        }

        @Override
        protected void doResolveAll(String host, Promise<List<InetAddress>> promise) {
            thread.execute(() -> {
                try {
                    promise.trySuccess(List.of(InetAddress.getAllByName(host)));
                } catch (UnknownHostException e) {
                    promise.tryFailure(e);
                }
            });
        }
    }
}
