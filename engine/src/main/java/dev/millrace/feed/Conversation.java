package dev.millrace.feed;

import dev.millrace.codec.hyperliquid.ControlFrame;
import dev.millrace.codec.hyperliquid.SubscriptionText;
import dev.millrace.market.Lifecycle;
import dev.millrace.market.Subscription;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

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
    /** What counts against the venue's limit of subscriptions. */
    private final Set<Subscription> taken = new HashSet<>();

    private Optional<FirstData> firstData = Optional.empty();
    private long nowNs;
    private boolean isWaiting;
    private String lastError = "";

    /** @param onWritten told of every write, for its failure */
    Conversation(
            FeedParts parts,
            long source,
            Channel channel,
            Collection<Subscription> asked,
            ChannelFutureListener onWritten) {
        this.parts = parts;
        this.source = source;
        this.channel = channel;
        this.onWritten = onWritten;
        var config = parts.config();
        subscriber =
                new Subscriber(asked, config.subscribePerSecond(), config.ackTimeout(), config.reconnectMaxDelay());
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
        boolean wasWaiting = isWaiting;
        isWaiting = !subscriber.poll(nowNs, reading, this);
        if (isWaiting && !wasWaiting) {
            parts.counters().budgetWaits.increment();
        }
        Heartbeat.Due due = heartbeat.poll(nowNs, frames, reading);
        if (due == Heartbeat.Due.PING) {
            ping();
        }
        return due != Heartbeat.Due.DEAD;
    }

    @Override
    public void onPayload(byte[] payload, int length) {
        switch (control.read(payload, length)) {
            case SUBSCRIBED -> onSubscribed();
            case ALREADY_SUBSCRIBED -> onAlreadySubscribed();
            case UNSUBSCRIBED -> onUnsubscribed();
            case ERROR -> {
                parts.counters().venueErrors.increment();
                lastError = control.text();
            }
            case DATA -> {
                if (firstData.isPresent()) { // no lambda: this is every frame
                    firstData.get().onPayload(payload, length);
                }
            }
            case PONG -> {}
        }
    }

    @Override
    public boolean subscribe(Subscription subscription) {
        if (!parts.budget().trySubscribe(parts.nanoTime())) {
            return false;
        }
        taken.add(subscription);
        send(SubscriptionText.subscribe(subscription));
        return true;
    }

    @Override
    public boolean unsubscribe(Subscription subscription) {
        if (!parts.budget().tryUnsubscribe(parts.nanoTime())) {
            return false;
        }
        send(SubscriptionText.unsubscribe(subscription));
        return true;
    }

    /** Asks for a sign of life; when the venue's limits leave no message, the next tick asks again. */
    void ping() {
        if (parts.budget().tryPing(parts.nanoTime())) {
            parts.counters().pings.increment();
            send(PING);
        }
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

    /** What is asked for, to be changed; what it decides is sent at the next tick. */
    Subscriber subscriber() {
        return subscriber;
    }

    /** From now on each frame is read until the first data of every subscription was seen; see {@link FirstData}. */
    void watchFirstData() {
        firstData = Optional.of(new FirstData());
    }

    void stopWatching() {
        firstData = Optional.empty();
    }

    /** Whether this one is acknowledged and, where that can be expected, has given data since it was watched. */
    boolean delivers(Subscription subscription) {
        return subscriber.holds(subscription)
                && firstData.map(first -> first.has(subscription)).orElse(true);
    }

    /** Whether the venue's limits make a request wait. */
    boolean isWaiting() {
        return isWaiting;
    }

    /** How many subscriptions end with this connection, by the venue's count. */
    int taken() {
        return taken.size();
    }

    private void onSubscribed() {
        boolean asked = control.subscription().isPresent()
                && subscriber.onSubscribed(control.subscription().get());
        (asked ? parts.counters().acks : parts.counters().unmatchedAcks).increment();
    }

    private void onAlreadySubscribed() {
        Optional<Subscription> asked = control.subscription().filter(subscriber::onAlreadySubscribed);
        if (asked.isEmpty()) {
            parts.counters().unmatchedAcks.increment();
        }
    }

    private void onUnsubscribed() {
        Optional<Subscription> ended = control.subscription().filter(subscriber::onUnsubscribed);
        ended.filter(taken::remove).ifPresent(one -> parts.budget().unsubscribed());
        if (ended.isEmpty()) {
            parts.counters().unmatchedAcks.increment();
        }
    }

    private void send(byte[] text) {
        heartbeat.onSent(nowNs);
        channel.writeAndFlush(new TextWebSocketFrame(Unpooled.wrappedBuffer(text)))
                .addListener(onWritten);
    }
}
