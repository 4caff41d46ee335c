package dev.millrace.lives;

import dev.millrace.market.Channel;
import dev.millrace.market.Subscription;
import dev.millrace.pipeline.Frames;
import dev.millrace.pipeline.Frames.VenueTrade;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.local.LocalServerChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A model of the exchange: it answers as the protocol notes say, and knows every trade that it made. What goes wrong with
 * it is for {@link Faults} to say.
 */
final class Venue implements AutoCloseable {

    private static final WebSocketServerProtocolConfig WEB_SOCKET = WebSocketServerProtocolConfig.newBuilder()
            .websocketPath("/ws")
            .sendCloseFrame(null) // whoever is cut off hears no word
            .build();

    /** Nobody gives back what a killed process had. */
    private static final ByteBufAllocator UNPOOLED = new UnpooledByteBufAllocator(false, true);

    private static final AtomicLong ADDRESSES = new AtomicLong();
    private static final long SLOW_BOOK_MS = 5_000;
    private static final long FAST_BOOK_MS = 500;
    private static final long CONTEXT_MS = 1_000;
    private static final long MIDS_MS = 5_000;

    final SplittableRandom random;
    final Faults faults;
    final List<VenueCoin> coins = new ArrayList<>();
    /** Of the process that runs now, in the order of their handshakes. */
    List<VenueSession> sessions = new ArrayList<>();

    private final SimulatedTime time;
    private final ManualIoEventLoop loop;
    private final LocalAddress address = new LocalAddress("venue-" + ADDRESSES.incrementAndGet());
    private final io.netty.channel.Channel server;
    private long lastMs;
    private long clockOffMs;
    private int clockSteps;

    Venue(SimulatedTime time, List<String> names, Faults faults, SplittableRandom random) {
        this.time = time;
        this.random = random;
        this.faults = faults;
        lastMs = time.ms();
        names.forEach(name -> coins.add(new VenueCoin(name, lastMs, random.split())));
        loop = new ManualIoEventLoop(null, Thread.currentThread(), LocalIoHandler.newFactory(), time);
        server = new ServerBootstrap()
                .group(loop)
                .channel(LocalServerChannel.class)
                .childOption(ChannelOption.ALLOCATOR, UNPOOLED)
                .childHandler(new Doors())
                .bind(address)
                .channel();
        run();
    }

    private final class Doors extends ChannelInitializer<io.netty.channel.Channel> {
        @Override
        protected void initChannel(io.netty.channel.Channel fresh) {
            if (faults.refuses()) {
                var unused = fresh.close();
                return;
            }
            fresh.pipeline()
                    .addLast(
                            new HttpServerCodec(),
                            new HttpObjectAggregator(64 * 1024),
                            new WebSocketServerProtocolHandler(WEB_SOCKET),
                            new VenueSession(Venue.this));
        }

        @Override
        public boolean isSharable() {
            return true;
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            throw new IllegalStateException(cause);
        }
    }

    LocalAddress address() {
        return address;
    }

    long nowMs() {
        return time.ms();
    }

    /** What it stamps now. */
    private long stampMs() {
        return nowMs() + clockOffMs;
    }

    boolean isClockRight() {
        return clockOffMs == 0;
    }

    /** Its clock is off by so much from now on. */
    void setClock(long offMs) {
        clockSteps += offMs == clockOffMs ? 0 : 1;
        clockOffMs = offMs;
    }

    /** Does what its sockets have to do; tells how much it was. */
    int run() {
        return loop.runNow();
    }

    Optional<VenueCoin> coin(String name) {
        return coins.stream().filter(coin -> coin.name.equals(name)).findFirst();
    }

    void onOpen(VenueSession session) {
        sessions.add(session);
    }

    /** The process died, or another begins: its sockets are gone. */
    List<VenueSession> onProcessEnd() {
        List<VenueSession> gone = sessions;
        sessions = new ArrayList<>();
        gone.forEach(VenueSession::cut);
        run();
        return gone;
    }

    /** Time has passed: the market goes on. */
    void turn(boolean trading) {
        long nowMs = nowMs();
        for (VenueCoin coin : coins) {
            List<VenueTrade> block = trading ? coin.block(nowMs, stampMs(), clockSteps) : List.of();
            if (!block.isEmpty()) {
                push(Subscription.trades(coin.name), () -> Frames.trades(block), block);
                push(Subscription.bbo(coin.name), () -> coin.bbo(stampMs()));
                push(Subscription.candle(coin.name, "1m"), () -> coin.candle(stampMs()));
            }
            clocked(coin, nowMs);
        }
        if (passes(MIDS_MS, nowMs)) {
            push(Subscription.allMids(""), this::mids);
        }
        lastMs = nowMs;
        sessions.forEach(VenueSession::turn);
    }

    private void clocked(VenueCoin coin, long nowMs) {
        if (passes(FAST_BOOK_MS, nowMs)) {
            push(Subscription.book(coin.name, true), () -> coin.book(stampMs(), true));
        }
        if (passes(SLOW_BOOK_MS, nowMs)) {
            push(Subscription.book(coin.name, false), () -> coin.book(stampMs(), false));
        }
        if (passes(CONTEXT_MS, nowMs)) {
            push(Subscription.assetContext(coin.name), coin::context);
        }
    }

    private boolean passes(long everyMs, long nowMs) {
        return nowMs / everyMs != lastMs / everyMs;
    }

    private void push(Subscription subscription, Supplier<String> frame) {
        push(subscription, frame, List.of());
    }

    /** To whom it may concern; nobody writes what nobody reads. */
    private void push(Subscription subscription, Supplier<String> frame, List<VenueTrade> trades) {
        String text = null;
        for (VenueSession session : sessions) {
            if (session.gives(subscription)) {
                text = text == null ? frame.get() : text;
                faults.disturb(session, subscription, text, trades);
            }
        }
    }

    /** What follows an acknowledgement at once. */
    void answer(VenueSession session, Subscription subscription) {
        VenueCoin coin = coin(subscription.coin()).orElse(null);
        if (subscription.channel() == Channel.TRADES) {
            List<VenueTrade> snapshot = new ArrayList<>(coin.snapshot());
            if (random.nextInt(4) == 0) {
                Collections.swap(snapshot, 0, snapshot.size() - 1);
            }
            session.send(Frames.trades(snapshot), List.of());
            return;
        }
        String text = switch (subscription.channel()) {
            case L2_BOOK -> coin.book(stampMs(), subscription.fast());
            case BBO -> coin.bbo(stampMs());
            case CANDLE -> coin.candle(stampMs());
            case ASSET_CONTEXT -> coin.context();
            case ALL_MIDS -> mids();
            default -> throw new IllegalStateException("nobody asks for " + subscription);
        };
        session.send(text, List.of());
    }

    private String mids() {
        return coins.stream()
                .map(VenueCoin::mid)
                .collect(Collectors.joining(",", "{\"channel\":\"allMids\",\"data\":{\"mids\":{", "}}}"));
    }

    @Override
    public void close() {
        onProcessEnd();
        var unused = server.close();
        run();
    }
}
