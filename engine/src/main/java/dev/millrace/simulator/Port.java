package dev.millrace.simulator;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Where the exchange listens; a fault may close it for a while. */
final class Port {

    private final ServerBootstrap bootstrap;
    private final int number;
    private volatile Channel server;

    private Port(ServerBootstrap bootstrap, Channel server) {
        this.bootstrap = bootstrap;
        this.server = server;
        this.number = ((InetSocketAddress) server.localAddress()).getPort();
    }

    /** @throws IOException when the port is taken */
    static Port open(ServerBootstrap bootstrap, int number) throws IOException {
        ChannelFuture bound = bind(bootstrap, number).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "cannot listen on 127.0.0.1 port " + number + ": "
                            + bound.cause().getMessage() + "; name a free port, or 0 for any",
                    bound.cause());
        }
        return new Port(bootstrap, bound.channel());
    }

    private static ChannelFuture bind(ServerBootstrap bootstrap, int number) {
        return bootstrap.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), number));
    }

    int number() {
        return number;
    }

    /** Connecting is refused from now on. */
    ChannelFuture close() {
        return server.close();
    }

    /** Listens on the same port again. */
    void reopen() {
        server = bind(bootstrap, number).channel();
    }
}
