package dev.millrace.simulator;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A local exchange on 127.0.0.1: Hyperliquid's WebSocket at {@code /ws} and its {@code POST /info}, on one port. Any
 * thread may use it; it works on a daemon thread of its own.
 */
public final class Simulator implements AutoCloseable {

    private static final int MAX_REQUEST_BYTES = 1 << 16;
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(1 << 19, 1 << 20);
    /** How long clients may take to answer the close frame. */
    private static final long ANSWER_S = 2;

    private static final long SHUTDOWN_S = 5;

    private final MultiThreadIoEventLoopGroup group;
    private final Exchange exchange;
    private final Optional<Certificate> certificate;
    private final Port port;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Simulator(
            MultiThreadIoEventLoopGroup group, Exchange exchange, Optional<Certificate> certificate, Port port) {
        this.group = group;
        this.exchange = exchange;
        this.certificate = certificate;
        this.port = port;
    }

    /**
     * Starts to listen.
     *
     * @throws IOException when the port is taken or no certificate could be made
     */
    public static Simulator start(SimulatorConfig config) throws IOException {
        Optional<Certificate> certificate = config.tls() ? Optional.of(Certificate.make()) : Optional.empty();
        MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("simulator", true), NioIoHandler.newFactory());
        Exchange exchange = new Exchange(config, group.next());
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .childHandler(new Pipeline(exchange, certificate));
        Port port = new Port(bootstrap, config.port());
        try {
            group.next().submit(() -> exchange.start(port)).syncUninterruptibly();
            port.open(); // at once: all times count from the start
            return new Simulator(group, exchange, certificate, port);
        } catch (IOException e) {
            stop(group, exchange, certificate);
            throw e;
        }
    }

    public int port() {
        return port.number();
    }

    /** {@code ws://127.0.0.1:PORT/ws}, or wss with TLS. */
    public URI wsUrl() {
        return URI.create((certificate.isPresent() ? "wss" : "ws") + "://127.0.0.1:" + port() + "/ws");
    }

    /** {@code http://127.0.0.1:PORT}, or https with TLS; the path {@code /info} is not in it. */
    public URI restUrl() {
        return URI.create((certificate.isPresent() ? "https" : "http") + "://127.0.0.1:" + port());
    }

    /** The certificate to trust; present with TLS only. The file is deleted at {@link #close}. */
    public Optional<Path> pem() {
        return certificate.map(Certificate::pem);
    }

    /** What has been sent so far; any thread. */
    public SimulatorStats stats() {
        return exchange.tally().stats();
    }

    /** The last 100,000 REST requests, oldest first; any thread. */
    public List<LoggedRequest> requests() {
        return exchange.requests().requests();
    }

    /** Completes when the configured duration is over and every socket is closed; never without a duration. */
    public CompletableFuture<Void> ended() {
        return exchange.ended().copy();
    }

    /** Closes every socket with a close frame, stops and deletes the certificate. May be called again. */
    @Override
    public void close() throws IOException {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        port.close().syncUninterruptibly();
        group.next().execute(exchange::end);
        ended().completeOnTimeout(null, ANSWER_S, TimeUnit.SECONDS).join();
        stop(group, exchange, certificate);
    }

    private static void stop(MultiThreadIoEventLoopGroup group, Exchange exchange, Optional<Certificate> certificate)
            throws IOException {
        if (!group.shutdownGracefully(0, SHUTDOWN_S, TimeUnit.SECONDS)
                .awaitUninterruptibly(SHUTDOWN_S * 2, TimeUnit.SECONDS)) {
            throw new IOException("the simulator's thread did not stop within " + SHUTDOWN_S * 2 + " s");
        }
        exchange.requests().close();
        if (certificate.isPresent()) {
            certificate.get().close();
        }
    }

    /** HTTP until the upgrade at {@code /ws}, then the client's session. */
    private static final class Pipeline extends ChannelInitializer<SocketChannel> {

        private final Exchange exchange;
        private final Optional<Certificate> certificate;

        Pipeline(Exchange exchange, Optional<Certificate> certificate) {
            this.exchange = exchange;
            this.certificate = certificate;
        }

        @Override
        protected void initChannel(SocketChannel channel) {
            certificate.ifPresent(tls -> channel.pipeline().addLast(tls.server().newHandler(channel.alloc())));
            channel.pipeline()
                    .addLast(new HttpServerCodec())
                    .addLast(new HttpObjectAggregator(MAX_REQUEST_BYTES))
                    .addLast(new Doorkeeper(exchange))
                    .addLast(new WebSocketServerProtocolHandler(WebSocketServerProtocolConfig.newBuilder()
                            .websocketPath("/ws")
                            .handleCloseFrames(false)
                            .sendCloseFrame(null)
                            .maxFramePayloadLength(MAX_REQUEST_BYTES)
                            .build()))
                    .addLast(new RestHandler(exchange))
                    .addLast(new Session(exchange));
        }
    }
}
