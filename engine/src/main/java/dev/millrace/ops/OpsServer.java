package dev.millrace.ops;

import dev.millrace.config.ConfigException;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * {@code GET /health} and {@code GET /metrics} on the loopback address. One thread, {@code md-ops}, which also asks for
 * the report; a slow reader of one page delays only the next page.
 */
public final class OpsServer implements AutoCloseable {

    private static final int MAX_REQUEST_BYTES = 4096;
    private static final int SILENT_SECONDS = 30;

    private final EventLoopGroup loop;
    private final Channel listener;

    private OpsServer(EventLoopGroup loop, Channel listener) {
        this.loop = loop;
        this.listener = listener;
    }

    /**
     * Starts to listen.
     *
     * @param port {@code ops.port}; 0 takes a free one
     * @param health asked at each request, on the server's thread
     * @throws ConfigException when the port is taken
     */
    public static OpsServer start(int port, Supplier<HealthReport> health, MetricsPage metrics) {
        EventLoopGroup loop =
                new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("md-ops", true), NioIoHandler.newFactory());
        ChannelFuture bound = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .childHandler(new Connections(health, metrics))
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            stop(loop);
            String reason = bound.cause().getMessage();
            throw ConfigException.badValue(
                    "ops.port", port, "cannot listen there (" + reason + "); name a free port, or 0 for any");
        }
        return new OpsServer(loop, bound.channel());
    }

    /** The port in use. */
    public int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /** Closes every connection and waits for the thread's end. */
    @Override
    public void close() {
        listener.close().awaitUninterruptibly();
        stop(loop);
    }

    private static void stop(EventLoopGroup loop) {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private static final class Connections extends ChannelInitializer<SocketChannel> {

        private final Supplier<HealthReport> health;
        private final MetricsPage metrics;

        Connections(Supplier<HealthReport> health, MetricsPage metrics) {
            this.health = health;
            this.metrics = metrics;
        }

        @Override
        protected void initChannel(SocketChannel channel) {
            channel.pipeline()
                    .addLast(new ReadTimeoutHandler(SILENT_SECONDS))
                    .addLast(new HttpServerCodec())
                    .addLast(new HttpObjectAggregator(MAX_REQUEST_BYTES))
                    .addLast(new OpsPages(health, metrics));
        }
    }
}
