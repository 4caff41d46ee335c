package dev.millrace.simulator;

import dev.millrace.market.Channel;
import dev.millrace.market.Subscription;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * One client's WebSocket: its subscriptions, and the answers that the venue gives to right and wrong requests. On the
 * event loop only.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the socket, which channelInactive sees
final class Session extends SimpleChannelInboundHandler<WebSocketFrame> {

    private static final String GREETING = "Websocket connection established.";
    private static final long CLOSE_ANSWER_S = 5;

    private final Exchange exchange;
    private final ClientRequest.Reader requests = new ClientRequest.Reader();
    private final Set<Topic> topics = new LinkedHashSet<>();
    private ChannelHandlerContext context;
    private FrameStream stream;
    private boolean closing;
    private boolean silent;
    private long lastSentNs;

    Session(Exchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof HandshakeComplete) {
            context = ctx;
            if (!exchange.faults().frames().isEmpty() || exchange.witness() != Witness.NONE) {
                ctx.pipeline().addBefore(ctx.name(), "faults", new FaultyWire(exchange, this::silence));
            }
            lastSentNs = exchange.nowNs();
            stream = exchange.opened(this);
            if (exchange.config().greeting()) {
                control(GREETING);
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (stream != null) {
            stream.close();
            exchange.allowance().unsubscribe(topics.size());
            topics.clear();
            exchange.closed(this);
        }
        ctx.fireChannelInactive();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (stream != null && !closing && ctx.channel().isWritable()) {
            stream.onWritable();
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
        if (silent) {
            return;
        }
        if (frame instanceof CloseWebSocketFrame close) {
            onClose(close);
        } else if (frame instanceof TextWebSocketFrame text && !closing) {
            onRequest(text.text());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        exchange.onSocketError(cause);
        ctx.close();
    }

    private void onClose(CloseWebSocketFrame close) {
        if (closing) {
            context.close();
        } else {
            closing = true;
            stream.close();
            context.writeAndFlush(close.retain()).addListener(ChannelFutureListener.CLOSE);
        }
    }

    private void onRequest(String text) {
        if (!exchange.allowance().message(exchange.nowNs())) {
            error("Too many messages");
            return;
        }
        ClientRequest request = requests.read(text).orElse(null);
        if (request == null) {
            error("Error parsing JSON into valid websocket request: " + text);
        } else if (request instanceof ClientRequest.Subscribe change) {
            change(change.begin(), change.topic());
        } else if (request instanceof ClientRequest.Post post) {
            control(answer(post));
        } else {
            control("{\"channel\":\"pong\"}");
        }
    }

    private void change(boolean begin, Topic topic) {
        if (!topic.allowed() || !exchange.market().knows(topic)) {
            drop();
        } else if (begin == topics.contains(topic)) {
            error((begin ? "Already subscribed: " : "Already unsubscribed: ") + topic.json());
        } else if (begin && !exchange.allowance().subscribe()) {
            error("Too many subscriptions");
        } else {
            acknowledge(begin, topic);
        }
    }

    private void acknowledge(boolean begin, Topic topic) {
        control("{\"channel\":\"subscriptionResponse\",\"data\":{\"method\":\"" + (begin ? "subscribe" : "unsubscribe")
                + "\",\"subscription\":" + topic.json() + "}}");
        if (begin) {
            topics.add(topic);
            stream.add(topic);
            flush();
        } else {
            topics.remove(topic);
            exchange.allowance().unsubscribe(1);
            stream.remove(topic);
        }
    }

    /** As by POST, at the same weight; faults of REST spare it. Signed actions are refused: nothing here trades. */
    private String answer(ClientRequest.Post post) {
        Reply reply = post.type().equals("info") ? exchange.info().reply(post.payload()) : Reply.undeserializable();
        String type = post.payload().get("type") instanceof String text ? text : "";
        if (!exchange.weigh(Weights.of(type, reply.items()))) {
            reply = Reply.tooMany();
        }
        String response = reply.status() == 200
                ? "\"info\",\"payload\":{\"type\":\"" + type + "\",\"data\":" + reply.body() + '}'
                : "\"error\",\"payload\":\"" + HttpResponseStatus.valueOf(reply.status()) + '"';
        return "{\"channel\":\"post\",\"data\":{\"id\":" + post.id() + ",\"response\":{\"type\":" + response + "}}}";
    }

    private void error(String text) {
        String json = new String(new JsonText().string(text).toBytes(), StandardCharsets.UTF_8);
        control("{\"channel\":\"error\",\"data\":" + json + '}');
    }

    private void control(String text) {
        exchange.tally().controlFrames.increment();
        write(Wire.frame(context.alloc(), text.getBytes(StandardCharsets.UTF_8)));
        flush();
    }

    /** What the venue sends first, with its times shifted; not flushed. */
    void sendSnapshot(Topic topic, long shiftMs) {
        int trades = topic.channel() == Channel.TRADES ? CoinMarket.SNAPSHOT_TRADES : 0;
        exchange.market().snapshot(topic, shiftMs).ifPresent(frame -> send(topic, frame, trades));
    }

    /** A data frame; not flushed. */
    void send(Topic topic, byte[] payload, int trades) {
        row(topic.subscription()).add(payload.length, trades);
        write(Wire.frame(context.alloc(), payload));
    }

    /** Frames that were written with their headers and counted by the caller. */
    void writeAndFlush(ByteBuf frames) {
        write(frames);
        flush();
    }

    private void write(ByteBuf frames) {
        context.write(frames, context.voidPromise());
    }

    void flush() {
        lastSentNs = exchange.nowNs();
        context.flush();
    }

    /** How long nothing was sent; 0 once the socket is on its way out. */
    long silentNs(long nowNs) {
        return closing ? 0 : nowNs - lastSentNs;
    }

    /** The TCP connection stays, and that is all: nothing is read and nothing sent until the exchange ends. */
    private void silence() {
        silent = true;
        closing = true;
        loop().execute(stream::close); // not from within its sending
        context.channel().config().setAutoRead(false);
    }

    ByteBuf buffer(int capacity) {
        return context.alloc().directBuffer(capacity);
    }

    boolean isWritable() {
        return context.channel().isWritable();
    }

    /** Bytes that wait beyond what the socket took. */
    long pendingBytes() {
        return context.channel().bytesBeforeWritable();
    }

    EventLoop loop() {
        return context.channel().eventLoop();
    }

    Tally.Row row(Subscription subscription) {
        return exchange.tally().row(subscription);
    }

    /** As the venue does with requests it does not like: the socket is gone, without a word. */
    void drop() {
        closing = true;
        context.close();
    }

    /** Everything is sent: says so after it and waits for the answer. */
    void end() {
        if (silent) {
            context.close();
        } else {
            close(WebSocketCloseStatus.NORMAL_CLOSURE, "");
        }
    }

    /** The exchange itself failed. */
    void fail(String reason) {
        String most = reason.length() > 100 ? reason.substring(0, 100) : reason;
        close(WebSocketCloseStatus.INTERNAL_SERVER_ERROR, most);
    }

    private void close(WebSocketCloseStatus status, String reason) {
        if (!closing) {
            closing = true;
            stream.close();
            context.writeAndFlush(new CloseWebSocketFrame(status, reason));
            loop().schedule(() -> context.close(), CLOSE_ANSWER_S, TimeUnit.SECONDS);
        }
    }
}
