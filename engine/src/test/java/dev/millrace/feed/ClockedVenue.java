package dev.millrace.feed;

import static org.junit.jupiter.api.Assertions.fail;

import dev.millrace.codec.hyperliquid.SubscriptionText;
import dev.millrace.market.Subscription;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.local.LocalAddress;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.local.LocalServerChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * A venue in memory, in a time that moves by hand, on the test's own thread. It acknowledges what it knows and closes the
 * socket on what it does not, without a word, as late as the real one does at most (protocol notes, section 2).
 */
final class ClockedVenue implements AutoCloseable {

    private static final AtomicLong VENUES = new AtomicLong();
    private static final long CLOSE_MS = 155;
    private static final long LATENCY_MS = 60;
    private static final WebSocketServerProtocolConfig WEB_SOCKET = WebSocketServerProtocolConfig.newBuilder()
            .websocketPath("/ws")
            .sendCloseFrame(null)
            .build();

    /** How late it acknowledges. */
    long answerMs = 60;

    private final Map<String, Subscription> unknown = new HashMap<>();
    private final Set<String> unknownOnce = new HashSet<>();
    private final Map<String, Integer> ignored = new HashMap<>();
    /** When each handshake was done. */
    private final List<Long> connectedMs = new ArrayList<>();

    private final MockTicker time = Ticker.newMockTicker();
    private final ManualIoEventLoop loop =
            new ManualIoEventLoop(null, Thread.currentThread(), LocalIoHandler.newFactory(), time);
    private final ManualNetwork network;
    private final Channel server;

    ClockedVenue() {
        LocalAddress address = new LocalAddress("venue-" + VENUES.incrementAndGet());
        server = new ServerBootstrap()
                .group(loop)
                .channel(LocalServerChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel fresh) {
                        fresh.pipeline()
                                .addLast(
                                        new HttpServerCodec(),
                                        new HttpObjectAggregator(4096),
                                        new WebSocketServerProtocolHandler(WEB_SOCKET),
                                        new Ears());
                    }
                })
                .bind(address)
                .channel();
        loop.runNow();
        network = new ManualNetwork(time, address, this::millisecond);
    }

    /** What a client reaches it by. */
    Network network() {
        return network;
    }

    void closesOn(Subscription name) {
        unknown.put(request(name), name);
    }

    void closesOnceOn(Subscription name) {
        unknownOnce.add(request(name));
    }

    private static String request(Subscription name) {
        return new String(SubscriptionText.subscribe(name), StandardCharsets.UTF_8);
    }

    /** So often it does not answer to this name. */
    void ignores(Subscription name, int times) {
        ignored.put(request(name), times);
    }

    /** It knows every name, and nobody was ever here. */
    void reset() {
        unknown.clear();
        unknownOnce.clear();
        connectedMs.clear();
    }

    List<Subscription> wrong() {
        return List.copyOf(unknown.values());
    }

    /** Connections, those of the fullest minute. */
    long mostWithinAMinute() {
        return connectedMs.stream()
                .mapToLong(from -> connectedMs.stream()
                        .filter(at -> at >= from && at < from + 60_000)
                        .count())
                .max()
                .orElse(0);
    }

    long nowMs() {
        return TimeUnit.NANOSECONDS.toMillis(time.nanoTime());
    }

    /** Lets time pass until something is so; tells how much. */
    long until(String what, long limitMs, BooleanSupplier so) {
        long fromMs = nowMs();
        while (!so.getAsBoolean()) {
            if (nowMs() - fromMs >= limitMs) {
                fail("not within " + limitMs + " ms: " + what);
            }
            millisecond();
        }
        return nowMs() - fromMs;
    }

    void pass(long ms) {
        for (long i = 0; i < ms; i++) {
            millisecond();
        }
    }

    private void millisecond() {
        time.advance(1, TimeUnit.MILLISECONDS);
        while (network.run() + loop.runNow() > 0) {
            // What was done may have given the other side something to do.
        }
    }

    @Override
    public void close() {
        var unused = server.close();
        loop.runNow();
    }

    private final class Ears extends SimpleChannelInboundHandler<TextWebSocketFrame> {

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof WebSocketServerProtocolHandler.HandshakeComplete) {
                connectedMs.add(nowMs());
            }
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame) {
            String request = frame.text();
            if (unknown.containsKey(request) || unknownOnce.remove(request)) {
                after(CLOSE_MS, () -> close(context));
            } else if (ignored.merge(request, -1, Integer::sum) < 0) {
                after(
                        request.contains("subscribe") ? answerMs : LATENCY_MS,
                        () -> LoopbackVenue.usualAnswer(request).forEach(text -> answer(context, text)));
            }
        }

        private void close(ChannelHandlerContext context) {
            var unused = context.close();
        }

        private void answer(ChannelHandlerContext context, String text) {
            var unused = context.writeAndFlush(new TextWebSocketFrame(text));
        }

        private void after(long ms, Runnable what) {
            var unused = loop.schedule(what, ms, TimeUnit.MILLISECONDS);
        }
    }
}
