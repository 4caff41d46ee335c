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
    private volatile int number;
    private volatile Channel server;

    /** @param number 0 for any that is free */
    Port(ServerBootstrap bootstrap, int number) {
        this.bootstrap = bootstrap;
        this.number = number;
    }

    /**
     * Listens.
     *
     * @throws IOException when the port is taken
     */
    void open() throws IOException {
        ChannelFuture bound = bind().awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "cannot listen on 127.0.0.1 port " + number + ": "
                            + bound.cause().getMessage() + "; name a free port, or 0 for any",
                    bound.cause());
        }
        server = bound.channel();
        number = ((InetSocketAddress) server.localAddress()).getPort();
    }

    private ChannelFuture bind() {
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
        server = bind().channel();
    }
}
