package dev.millrace.simulator;

import dev.millrace.market.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Moves the one market that all sockets share at the speed of real time, and writes each frame once for everybody who
 * subscribed to it. In its own time it stands still until, for the first time, no subscription has come for a moment:
 * then what a client sees depends on its subscriptions alone, and not on when it came. A socket that has {@value #MOST_PENDING} bytes waiting is closed.
 */
final class LiveMarket {

    private static final long TICK_MS = 2;
    private static final long MOST_PENDING = 64 << 20;

    private final Exchange exchange;
    private final SimulatedMarket market;
    private final Map<Topic, Set<Session>> subscribers = new LinkedHashMap<>();
    private final Map<String, List<Topic>> byCoin = new HashMap<>();
    private final Set<Session> touched = new LinkedHashSet<>();
    private Future<?> settling;
    private boolean moving;
    private long beganNs;

    LiveMarket(Exchange exchange) {
        this.exchange = exchange;
        this.market = exchange.market();
    }

    void start(EventLoop loop) {
        if (exchange.realTime()) {
            move(loop);
        }
    }

    private void move(EventLoop loop) {
        moving = true;
        beganNs = exchange.nowNs();
        exchange.keep(loop.scheduleAtFixedRate(this::advance, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS));
    }

    /** A subscription came. */
    private void settle(EventLoop loop) {
        if (moving) {
            exchange.streamBegan();
            return;
        }
        if (settling != null) {
            settling.cancel(false);
        }
        settling = loop.schedule(() -> begin(loop), Exchange.SETTLE_MS, TimeUnit.MILLISECONDS);
        exchange.keep(settling);
    }

    private void begin(EventLoop loop) {
        exchange.streamBegan();
        move(loop);
    }

    FrameStream stream(Session session) {
        return new Subscriptions(session);
    }

    private void advance() {
        long nowMs = market.model().startMs() + (exchange.nowNs() - beganNs) / 1_000_000;
        while (market.nextTimeMs() <= nowMs) {
            MarketStep step = market.next();
            if (step.kind() == MarketStep.Kind.TRADES) {
                exchange.witness().onTrades(step.coin(), market.trades());
            }
            Iterable<Topic> concerned =
                    step.coin().isEmpty() ? subscribers.keySet() : byCoin.getOrDefault(step.coin(), List.of());
            for (Topic topic : concerned) {
                market.frame(topic).ifPresent(frame -> send(topic, frame));
            }
        }
        touched.forEach(Session::flush);
        touched.clear();
    }

    private void send(Topic topic, byte[] frame) {
        int trades = topic.channel() == Channel.TRADES ? market.trades().size() : 0;
        for (Session session : subscribers.get(topic)) {
            if (session.pendingBytes() > MOST_PENDING) {
                session.drop();
            } else {
                session.send(topic, frame, trades);
                touched.add(session);
            }
        }
    }

    private void index() {
        byCoin.clear();
        for (Topic topic : subscribers.keySet()) {
            byCoin.computeIfAbsent(topic.coin(), coin -> new ArrayList<>()).add(topic);
        }
    }

    /** One socket's share. */
    private final class Subscriptions implements FrameStream {
        private final Session session;
        private final Set<Topic> topics = new LinkedHashSet<>();

        Subscriptions(Session session) {
            this.session = session;
        }

        @Override
        public void add(Topic topic) {
            settle(session.loop());
            session.sendSnapshot(topic, 0);
            topics.add(topic);
            subscribers.computeIfAbsent(topic, key -> new LinkedHashSet<>()).add(session);
            index();
        }

        @Override
        public void remove(Topic topic) {
            topics.remove(topic);
            leave(topic);
            index();
        }

        @Override
        public void close() {
            topics.forEach(this::leave);
            topics.clear();
            index();
        }

        private void leave(Topic topic) {
            Set<Session> sessions = subscribers.get(topic);
            sessions.remove(session);
            if (sessions.isEmpty()) {
                subscribers.remove(topic);
            }
        }
    }
}
