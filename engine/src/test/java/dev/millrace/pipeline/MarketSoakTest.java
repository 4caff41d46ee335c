package dev.millrace.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.barlog.BarLog;
import dev.millrace.market.Lifecycle;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.Source;
import dev.millrace.market.TickSink;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.ErrorLog;
import dev.millrace.simulator.BlockFrames;
import dev.millrace.simulator.MarketModel;
import dev.millrace.simulator.SimulatedCoin;
import dev.millrace.strategy.StrategyHost;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Twenty million messages of every channel through one market, more than five hours of the venue and over midnight: after
 * warm-up it allocates exactly nothing. In the middle a coin is seen for the first time, and counted apart.
 */
class MarketSoakTest {

    private static final long MESSAGES = 20_000_000;
    private static final long SLICE = 2_000_000;
    /** Every window, horizon and table has had its full size, and the JVM has compiled what is hot. */
    private static final int WARM_SLICES = 2;

    private static final int FIRST_SIGHT_SLICE = 5;
    private static final String LATE_COIN = "HYPE";
    /** 2025-09-03 23:30 UTC: the first midnight, whose way through the code is none before it, is in the warm-up. */
    private static final long START_MS = 1_756_942_200_000L;

    private static final int BATCH = 500;
    private static final int LARGEST_FRAME = 1 << 16;
    private static final long SOURCE = Source.of(Source.HYPERLIQUID_WS, 1, 0);
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Counters counters = new Counters();
    private final BlockFrames frames = new BlockFrames(MarketModel.of(3, START_MS));
    private final MarketEvent[] batch = new MarketEvent[BATCH];
    private boolean lateCoinSeen;
    private long sequence;

    @TempDir
    Path folder;

    @Test
    @Tag("stress")
    @Tag("stress-soak")
    void shouldAllocateNothingOverTwentyMillionMessages() {
        for (int i = 0; i < BATCH; i++) {
            batch[i] = new MarketEvent(LARGEST_FRAME);
        }
        List<String> dirty = new ArrayList<>();
        try (BarLog barLog = BarLog.open(folder, Duration.ofMinutes(10), counters, new ErrorLog(Clock.systemUTC()))) {
            barLog.start();
            Market market = market(barLog);
            for (int slice = 0; slice < MESSAGES / SLICE; slice++) {
                lateCoinSeen = slice >= FIRST_SIGHT_SLICE;
                long bars = counters.value("bars.closed");
                long bytes = play(market);
                String line = "%,d messages: %,d bytes, %,d bars%s"
                        .formatted((slice + 1) * SLICE, bytes, counters.value("bars.closed") - bars, note(slice));
                System.out.println(line);
                if (bytes != 0 && note(slice).isEmpty()) {
                    dirty.add(line);
                }
            }
        }
        assertEquals(List.of(), dirty, "allocated on the market thread");
        assertTrue(counters.value("bars.closed") > 100_000, () -> "bars " + counters.value("bars.closed"));
        assertEquals(0, refused(), "refused messages");
        assertEquals(0, counters.value("order.gaps"));
    }

    private static String note(int slice) {
        if (slice < WARM_SLICES) {
            return ", warm-up";
        }
        return slice == FIRST_SIGHT_SLICE ? ", first sight of " + LATE_COIN : "";
    }

    private Market market(BarLog barLog) {
        StrategyHost strategies = new StrategyHost(List::of, counters, new ErrorLog(Clock.systemUTC()));
        Market market = new Market(strategies, (gap, ns) -> {}, barLog, TickSink.NONE, counters);
        Tape beginning = new Tape()
                .session(
                        START_MS,
                        Tape.results(4_096, Duration.ofMinutes(10), "1s", "1m", "5m", "15m", "1h", "4h", "1d"))
                .lifecycle(Lifecycle.CONNECTED, 1, START_MS);
        for (SimulatedCoin coin : SimulatedCoin.defaults()) {
            beginning.frame(1, START_MS, Frames.tradesAck(coin.name()));
        }
        beginning.play(market);
        return market;
    }

    /** Bytes that the market allocates over one slice; making the messages is not measured. */
    private long play(Market market) {
        long bytes = 0;
        for (long played = 0; played < SLICE; played += BATCH) {
            fill();
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (MarketEvent event : batch) {
                market.onEvent(event);
            }
            bytes += THREADS.getCurrentThreadAllocatedBytes() - before;
        }
        return bytes;
    }

    private void fill() {
        for (MarketEvent event : batch) {
            while (isLeftOut()) {
                frames.skip();
            }
            frames.next(event, SOURCE, (frames.timeMs() + 200) * Tape.MS);
            event.sequence(++sequence);
        }
    }

    private boolean isLeftOut() {
        return frames.isOtherCandle("1m")
                || (!lateCoinSeen && frames.subscription().coin().equals(LATE_COIN));
    }

    private long refused() {
        return counters.all().stream()
                .filter(counter -> counter.name().startsWith("codec.refused"))
                .mapToLong(counter -> counter.get())
                .sum();
    }
}
