package dev.millrace.feed;

import dev.millrace.market.Lifecycle;
import dev.millrace.market.RecordKind;
import dev.millrace.market.Source;
import dev.millrace.market.Subscription;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * One connection attempt and what comes of it, from {@code connecting} to {@code lost}, which follows its last message.
 * The last handler of its pipeline; event loop only.
 */
final class Connection extends ChannelInboundHandlerAdapter {

    /** Whom a connection tells. */
    interface Owner {
        /** The WebSocket handshake is done. */
        void onConnected(Connection connection);

        /** Time has passed: the status may have changed. */
        void onTick(Connection connection);

        /** It is over; called once, after its last message. */
        void onLost(Connection connection, String reason);
    }

    /** Paces everything timed; a time limit is late by this much at most. */
    private static final long TICK_MS = 20;
    /** An unknown coin makes the venue close within 90-155 ms, without a word (protocol notes, section 2). */
    private static final long SUSPICION_NS = TimeUnit.SECONDS.toNanos(1);

    private final FeedParts parts;
    private final Collection<Subscription> asked;
    private final int number;
    private final long source;
    private final ReadStamp stamp;
    private final long startNs;

    private Owner owner;
    private Channel channel;
    private Future<?> ticking;
    private Conversation conversation;
    private long openNs;
    private long frames;
    private boolean abrupt;
    private boolean over;
    private String reason;

    private boolean watchesFirstData;

    /** @param asked what is subscribed once it is open */
    Connection(int number, FeedParts parts, Collection<Subscription> asked, Owner owner) {
        this.number = number;
        this.asked = asked;
        this.parts = parts;
        this.owner = owner;
        startNs = parts.nanoTime();
        source = Source.of(Source.HYPERLIQUID_WS, number, 0);
        stamp = new ReadStamp(parts.clock());
    }

    /** Begins to connect. */
    void open(Bootstrap bootstrap) {
        parts.record(Lifecycle.CONNECTING, source, parts.endpoint().toString());
        ticking = parts.loop().scheduleWithFixedDelay(this::tick, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
        ChannelFuture connecting = bootstrap.handler(initializer()).connect();
        channel = connecting.channel();
        connecting.addListener(this::onTcp);
    }

    /** Ends the connection from this side. */
    void close(String why) {
        channel.config().setAutoRead(false);
        if (conversation != null) {
            sayGoodbye(new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE));
        }
        end(why);
    }

    int number() {
        return number;
    }

    int acknowledged() {
        return conversation == null ? 0 : conversation.acknowledged();
    }

    /** From now on it tells another. */
    void belongTo(Owner newOwner) {
        owner = newOwner;
    }

    /** Reads each frame for the first data of each subscription; before it is opened. */
    void watchFirstData() {
        watchesFirstData = true;
    }

    void stopWatching() {
        talk().ifPresent(Conversation::stopWatching);
    }

    /** What is said on it; empty until the handshake is done. */
    Optional<Conversation> talk() {
        return Optional.ofNullable(conversation);
    }

    /** Whether the handshake is done and nothing has ended it. */
    boolean isOpen() {
        return conversation != null && reason == null;
    }

    /** Monotonic time since the handshake. */
    long openForNs() {
        return parts.nanoTime() - openNs;
    }

    /** Whether anything came. */
    boolean hasHeard() {
        return frames > 0;
    }

    /** Whether the other side ended it without a word. */
    boolean wasAbrupt() {
        return abrupt;
    }

    boolean holds(Subscription subscription) {
        return conversation != null && conversation.subscriber().holds(subscription);
    }

    String lastError() {
        return conversation == null ? "" : conversation.lastError();
    }

    /** Whether it has delivered for so long that its predecessors' failures are forgiven. */
    boolean hasLasted() {
        return frames > 0 && openForNs() >= parts.config().reconnectMaxDelay().toNanos();
    }

    /** What the venue has acknowledged. */
    List<Subscription> held() {
        return conversation == null ? List.of() : conversation.subscriber().held();
    }

    /** After an end without a word: what was sent just before and not answered. */
    List<Subscription> suspects() {
        return abrupt && conversation != null
                ? conversation.subscriber().unansweredSince(openForNs() - SUSPICION_NS)
                : List.of();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (message instanceof TextWebSocketFrame || message instanceof BinaryWebSocketFrame) {
                frames++;
                WebSocketFrame frame = (WebSocketFrame) message;
                parts.intake().accept(RecordKind.FRAME, source, stamp.receiveNs(), frame.content(), conversation);
            } else if (message instanceof CloseWebSocketFrame frame) {
                String why = LossReason.of(frame);
                sayGoodbye(frame.retain());
                end(why);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
            openNs = parts.nanoTime();
            parts.record(Lifecycle.CONNECTED, source, parts.endpoint().toString());
            conversation = new Conversation(parts, source, channel, asked, this::onWritten);
            if (watchesFirstData) {
                conversation.watchFirstData();
            }
            owner.onConnected(this);
            tick();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(cause);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        abrupt |= reason == null;
        end(conversation == null ? "closed before the WebSocket handshake was done" : "closed without a word");
    }

    /** Follows {@link #channelInactive} and the messages that it flushed out: nothing comes after this. */
    @Override
    public void channelUnregistered(ChannelHandlerContext context) {
        finish();
    }

    private ChannelInitializer<Channel> initializer() {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel fresh) {
                parts.intake().attach(fresh);
                fresh.pipeline().addLast(stamp);
                parts.endpoint().addHandlers(fresh.pipeline());
                fresh.pipeline().addLast(Connection.this);
            }
        };
    }

    private void onTcp(io.netty.util.concurrent.Future<?> connecting) {
        if (!connecting.isSuccess()) {
            fail(connecting.cause());
            finish();
        }
    }

    /** Best effort: the socket is closed whether the farewell leaves or not. */
    private void sayGoodbye(CloseWebSocketFrame farewell) {
        channel.writeAndFlush(farewell).addListener(ChannelFutureListener.CLOSE);
    }

    private void onWritten(io.netty.util.concurrent.Future<?> written) {
        if (!written.isSuccess()) {
            fail(written.cause());
        }
    }

    private void tick() {
        try {
            checkLimits(parts.nanoTime());
            owner.onTick(this);
        } catch (RuntimeException bug) {
            // A periodic task that throws is dropped without a word; this way it is the reason of the loss.
            fail(bug);
        }
    }

    private void checkLimits(long nowNs) {
        if (conversation != null) {
            if (!conversation.tick(nowNs - openNs, frames)) {
                end("no message for " + parts.config().silenceLimit().toMillis() + " ms");
            }
        } else if (nowNs - startNs >= parts.config().connectTimeout().toNanos()
                && parts.intake().isOpen()) {
            end("no WebSocket connection to " + parts.endpoint() + " within "
                    + parts.config().connectTimeout().toMillis() + " ms");
        }
    }

    private void fail(Throwable cause) {
        abrupt |= reason == null && cause instanceof IOException;
        end(LossReason.of(cause, parts.endpoint()));
    }

    /** The first reason counts; closing is harmless when it is closed. */
    private void end(String why) {
        if (reason == null) {
            reason = why;
        }
        channel.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
    }

    private void finish() {
        if (!over) {
            over = true;
            ticking.cancel(false);
            parts.intake().detach(channel);
            parts.budget().closed(conversation == null ? 0 : conversation.taken());
            parts.record(Lifecycle.LOST, source, reason);
            owner.onLost(this, reason);
        }
    }
}
