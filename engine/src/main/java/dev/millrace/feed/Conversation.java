package dev.millrace.feed;

import dev.millrace.codec.hyperliquid.ControlFrame;
import dev.millrace.codec.hyperliquid.SubscriptionText;
import dev.millrace.market.Lifecycle;
import dev.millrace.market.Subscription;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.util.List;

/** What is said on an open connection: subscriptions and pings out, acknowledgements and errors in. Event loop only. */
final class Conversation implements Intake.Reader, Subscriber.Outbox {

    private static final byte[] PING = SubscriptionText.ping();

    private final FeedParts parts;
    private final long source;
    private final Channel channel;
    private final ChannelFutureListener onWritten;
    private final Subscriber subscriber;
    private final Heartbeat heartbeat;
    private final ControlFrame control = new ControlFrame();
    private long nowNs;
    private String lastError = "";

    /** @param onWritten told of every write, for its failure */
    Conversation(FeedParts parts, long source, Channel channel, ChannelFutureListener onWritten) {
        this.parts = parts;
        this.source = source;
        this.channel = channel;
        this.onWritten = onWritten;
        var config = parts.config();
        subscriber = new Subscriber(
                parts.subscriptions(), config.subscribePerSecond(), config.ackTimeout(), config.reconnectMaxDelay());
        heartbeat = new Heartbeat(config.pingInterval(), config.silenceLimit());
    }

    /**
     * Says what is due.
     *
     * @param newNowNs monotonic, since the handshake
     * @return false when the venue has been silent too long
     */
    boolean tick(long newNowNs, long frames) {
        nowNs = newNowNs;
        boolean reading = parts.intake().isOpen();
        subscriber.poll(nowNs, reading, this);
        Heartbeat.Due due = heartbeat.poll(nowNs, frames, reading);
        if (due == Heartbeat.Due.PING) {
            parts.counters().pings.increment();
            send(PING);
        }
        return due != Heartbeat.Due.DEAD;
    }

    @Override
    public void onPayload(byte[] payload, int length) {
        switch (control.read(payload, length)) {
            case SUBSCRIBED -> onSubscribed();
            case UNSUBSCRIBED -> parts.counters().unmatchedAcks.increment();
            case ERROR -> {
                parts.counters().venueErrors.increment();
                lastError = control.text();
            }
            case DATA, PONG -> {}
        }
    }

    @Override
    public void subscribe(Subscription subscription) {
        send(SubscriptionText.subscribe(subscription));
    }

    @Override
    public void onAckTimeout(Subscription subscription) {
        parts.counters().ackTimeouts.increment();
        parts.record(Lifecycle.ACK_TIMEOUT, source, SubscriptionText.text(subscription));
    }

    int acknowledged() {
        return subscriber.acknowledged();
    }

    /** The venue's last error in its own words; empty when there was none. */
    String lastError() {
        return lastError;
    }

    List<Subscription> held() {
        return subscriber.held();
    }

    List<Subscription> sentSince(long sinceNs) {
        return subscriber.sentSince(sinceNs);
    }

    private void onSubscribed() {
        boolean asked = control.subscription().isPresent()
                && subscriber.onSubscribed(control.subscription().get());
        (asked ? parts.counters().acks : parts.counters().unmatchedAcks).increment();
    }

    private void send(byte[] text) {
        heartbeat.onSent(nowNs);
        channel.writeAndFlush(new TextWebSocketFrame(Unpooled.wrappedBuffer(text)))
                .addListener(onWritten);
    }
}
