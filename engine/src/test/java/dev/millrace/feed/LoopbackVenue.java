package dev.millrace.feed;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.millrace.Waiting;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/**
 * A WebSocket server on loopback whose every word a test decides. By default it acknowledges each subscription and
 * its end, and answers pings, as the venue does.
 */
final class LoopbackVenue implements AutoCloseable {

    /** An answer that is none: the socket closes without a word. */
    static final List<String> DROP = new ArrayList<>();

    private static final String SUBSCRIBE = "{\"method\":\"subscribe\",\"subscription\":";
    private static final String UNSUBSCRIBE = "{\"method\":\"unsubscribe\",\"subscription\":";

    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final BlockingQueue<VenuePeer> peers = new LinkedBlockingQueue<>();
    private final SSLContext tls;
    private final Channel listening;
    private volatile Function<String, List<String>> answers = LoopbackVenue::usualAnswer;
    private volatile HttpResponseStatus refusal;

    private LoopbackVenue(SSLContext tls, int port) {
        this.tls = tls;
        listening = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        addHandlers(channel);
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .syncUninterruptibly()
                .channel();
    }

    static LoopbackVenue start() {
        return new LoopbackVenue(null, 0);
    }

    /** On a port that another venue has left. */
    static LoopbackVenue startOn(int port) {
        return new LoopbackVenue(null, port);
    }

    static LoopbackVenue startTls(SSLContext tls) {
        return new LoopbackVenue(tls, 0);
    }

    int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    URI url() {
        return URI.create((tls == null ? "ws" : "wss") + "://127.0.0.1:" + port() + "/ws");
    }

    /** What is sent back for each text received. */
    void answer(Function<String, List<String>> newAnswers) {
        answers = newAnswers;
    }

    /** Refuses handshakes from now on; null accepts them again. */
    void refuseWith(HttpResponseStatus status) {
        refusal = status;
    }

    /** The next client that completed its handshake. */
    VenuePeer nextPeer() throws InterruptedException {
        VenuePeer peer = peers.poll(Waiting.PATIENCE_S, TimeUnit.SECONDS);
        assertNotNull(peer, "no client connected");
        return peer;
    }

    static List<String> usualAnswer(String request) {
        if (request.startsWith(SUBSCRIBE) || request.startsWith(UNSUBSCRIBE)) {
            return List.of("{\"channel\":\"subscriptionResponse\",\"data\":" + request + "}");
        }
        return request.equals("{\"method\":\"ping\"}") ? List.of("{\"channel\":\"pong\"}") : List.of();
    }

    @Override
    public void close() {
        if (group.isShuttingDown()) {
            return;
        }
        listening.close().syncUninterruptibly();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private void addHandlers(Channel channel) {
        if (tls != null) {
            SSLEngine engine = tls.createSSLEngine();
            engine.setUseClientMode(false);
            channel.pipeline().addLast(new SslHandler(engine));
        }
        WebSocketServerProtocolConfig config = WebSocketServerProtocolConfig.newBuilder()
                .websocketPath("/ws")
                .withUTF8Validator(false)
                .build();
        channel.pipeline()
                .addLast(
                        new HttpServerCodec(),
                        new HttpObjectAggregator(4096),
                        new Refusal(),
                        new WebSocketServerProtocolHandler(config),
                        new Ears(new VenuePeer(channel)));
    }

    private final class Refusal extends SimpleChannelInboundHandler<FullHttpRequest> {

        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            if (refusal == null) {
                context.fireChannelRead(request.retain());
            } else {
                context.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, refusal))
                        .addListener(ChannelFutureListener.CLOSE);
            }
        }
    }

    private final class Ears extends SimpleChannelInboundHandler<TextWebSocketFrame> {

        private final VenuePeer peer;

        Ears(VenuePeer peer) {
            this.peer = peer;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof WebSocketServerProtocolHandler.HandshakeComplete) {
                peers.add(peer);
            }
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame) {
            String request = frame.text();
            List<String> answer = answers.apply(request);
            answer.forEach(peer::text);
            peer.requests.add(request);
            if (answer == DROP) {
                peer.drop();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // A client that resets or refuses the certificate is what the test wants; the client's side is asserted.
            peer.drop();
        }
    }
}
