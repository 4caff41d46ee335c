package dev.millrace.feed;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The machine's sockets and time, on a thread of its own, {@code md-feed}. */
final class NioNetwork implements Network {

    private final MultiThreadIoEventLoopGroup group =
            new MultiThreadIoEventLoopGroup(1, NioNetwork::thread, NioIoHandler.newFactory());
    private final EventLoop loop = group.next();
    private final NameLookup lookup = new NameLookup();

    @Override
    public EventLoop loop() {
        return loop;
    }

    @Override
    public Bootstrap bootstrap(Endpoint endpoint) {
        return new Bootstrap()
                .group(group)
                .channel(NioSocketChannel.class)
                .resolver(lookup)
                // One time limit covers the whole way to the handshake, see Connection.
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .remoteAddress(InetSocketAddress.createUnresolved(endpoint.host(), endpoint.port()));
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public boolean await(Future<?> done, Duration limit) {
        try {
            return done.await(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            // The caller gives up waiting; what is left is counted and told.
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public boolean close(Duration limit) {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(limit.toMillis());
        lookup.close();
        return group.isTerminated();
    }

    private static Thread thread(Runnable task) {
        Thread thread = new FastThreadLocalThread(task, "md-feed");
        thread.setDaemon(true);
        return thread;
    }
}
