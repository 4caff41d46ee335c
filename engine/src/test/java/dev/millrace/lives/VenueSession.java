package dev.millrace.lives;

import dev.millrace.codec.hyperliquid.SubscriptionText;
import dev.millrace.market.Channel;
import dev.millrace.market.Subscription;
import dev.millrace.pipeline.Frames.VenueTrade;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** One connection as the exchange sees it: what is subscribed, what is on its way, and what is wrong with it. */
final class VenueSession extends SimpleChannelInboundHandler<TextWebSocketFrame> {

    /** A frame on its way; what it tells of trades, if anything. */
    private record Out(long dueMs, String text, List<VenueTrade> trades) {}

    /** Every frame that was put on the wire, in order. */
    final List<String> written = new ArrayList<>();

    final Set<Subscription> subscribed = new LinkedHashSet<>();
    final Set<Subscription> muted = new LinkedHashSet<>();
    private final Venue venue;
    private final ArrayDeque<Out> way = new ArrayDeque<>();
    private final List<Out> late = new ArrayList<>();
    /** What was sent late and is written, by its place among all that is. */
    private final Map<Integer, Out> writtenLate = new HashMap<>();

    private final int latencyMs;
    private ChannelHandlerContext context;
    private long lastDueMs;
    private long stalledUntilMs;
    private long closesAtMs = Long.MAX_VALUE;
    private boolean halfOpen;

    VenueSession(Venue venue) {
        this.venue = venue;
        latencyMs = 10 + venue.random.nextInt(200);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext opened, Object event) {
        if (event instanceof HandshakeComplete) {
            context = opened;
            venue.onOpen(this);
            if (venue.random.nextBoolean()) {
                send("Websocket connection established.", List.of());
            }
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext from, TextWebSocketFrame frame) {
        String text = frame.text();
        if (halfOpen) {
            return;
        }
        if (text.contains("\"ping\"")) {
            send("{\"channel\":\"pong\"}", List.of());
            return;
        }
        int at = text.indexOf("\"subscription\":") + "\"subscription\":".length();
        byte[] json = text.substring(at, text.length() - 1).getBytes(StandardCharsets.UTF_8);
        Subscription subscription = SubscriptionText.parse(json, json.length).orElseThrow();
        if (text.contains("\"unsubscribe\"")) {
            unsubscribe(subscription);
        } else {
            subscribe(subscription);
        }
    }

    private void subscribe(Subscription subscription) {
        if (!subscription.coin().isEmpty() && venue.coin(subscription.coin()).isEmpty()) {
            closesAtMs = Math.min(closesAtMs, venue.nowMs() + 90 + venue.random.nextInt(65));
            return;
        }
        if (!subscribed.add(subscription)) {
            send("{\"channel\":\"error\",\"data\":\"Already subscribed: {}\"}", List.of());
            return;
        }
        acknowledge("subscribe", subscription);
        venue.answer(this, subscription);
    }

    private void unsubscribe(Subscription subscription) {
        subscribed.remove(subscription);
        muted.remove(subscription);
        acknowledge("unsubscribe", subscription);
    }

    private void acknowledge(String method, Subscription subscription) {
        send(
                "{\"channel\":\"subscriptionResponse\",\"data\":{\"method\":\"" + method + "\",\"subscription\":"
                        + SubscriptionText.text(subscription) + "}}",
                List.of());
    }

    /** Whether it sends data of a subscription. */
    boolean gives(Subscription subscription) {
        return subscribed.contains(subscription) && !muted.contains(subscription);
    }

    /** Behind everything that is on its way. */
    void send(String text, List<VenueTrade> trades) {
        lastDueMs = Math.max(lastDueMs, venue.nowMs() + latencyMs + venue.random.nextInt(20));
        way.add(new Out(lastDueMs, text, trades));
    }

    /** Past what is on its way, so much later. */
    void sendLate(String text, List<VenueTrade> trades, long laterMs) {
        late.add(new Out(venue.nowMs() + latencyMs + laterMs, text, trades));
    }

    /** Puts on the wire what is due. */
    void turn() {
        long nowMs = venue.nowMs();
        if (halfOpen || nowMs < stalledUntilMs || !isOpen()) {
            return;
        }
        while (!way.isEmpty() && way.peek().dueMs <= nowMs) {
            write(way.poll().text);
        }
        for (int i = 0; i < late.size(); ) {
            if (late.get(i).dueMs <= nowMs) {
                writtenLate.put(written.size(), late.get(i));
                write(late.remove(i).text);
            } else {
                i++;
            }
        }
        context.flush();
        if (nowMs >= closesAtMs) {
            cut();
        }
    }

    private void write(String text) {
        written.add(text);
        if (venue.faults.fragments()) {
            int half = text.length() / 2;
            var unusedFirst = context.write(new TextWebSocketFrame(false, 0, text.substring(0, half)));
            var unusedSecond = context.write(new ContinuationWebSocketFrame(true, 0, text.substring(half)));
        } else {
            var unusedWhole = context.write(new TextWebSocketFrame(text));
        }
    }

    boolean isOpen() {
        return context != null && context.channel().isActive();
    }

    boolean isHealthy() {
        return isOpen() && !halfOpen && venue.nowMs() >= stalledUntilMs;
    }

    void cut() {
        if (context != null) {
            var unused = context.close();
        }
    }

    void halfOpen() {
        halfOpen = true;
    }

    void stall(long ms) {
        stalledUntilMs = venue.nowMs() + ms;
    }

    /** Something that is subscribed here falls silent. */
    Optional<Subscription> mute() {
        List<Subscription> candidates = subscribed.stream().toList();
        if (candidates.isEmpty()) {
            return Optional.empty();
        }
        Subscription chosen = candidates.get(venue.random.nextInt(candidates.size()));
        muted.add(chosen);
        return Optional.of(chosen);
    }

    /**
     * Trades out of order that are not among the frames received, being still on their way or lost with all behind them: what
     * came in their place does not show that they are missing.
     */
    List<VenueTrade> lateBeyond(int framesReceived) {
        return Stream.concat(
                        late.stream(),
                        writtenLate.entrySet().stream()
                                .filter(written -> written.getKey() >= framesReceived)
                                .map(Map.Entry::getValue))
                .flatMap(out -> out.trades.stream())
                .toList();
    }

    boolean carriesTrades(String coin) {
        return subscribed.stream()
                .anyMatch(one -> one.channel() == Channel.TRADES && one.coin().equals(coin));
    }
}
