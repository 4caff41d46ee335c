package dev.millrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.config.EngineConfig;
import dev.millrace.pipeline.LocalClock;
import io.netty.util.ResourceLeakDetector;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Twenty million messages through the daemon at full speed, journal, bar log, snapshots, compression and retention on.
 * Its clock runs {@value #SPEED} times as fast, so that the journal rolls some dozen times; {@link
 * dev.millrace.pipeline.MarketSoakTest} asks the same of the market alone, to the byte.
 */
class SoakTest {

    private static final long MESSAGES = 20_000_000;
    private static final long SLICE = 2_000_000;
    private static final int WARM_SLICES = 2;
    private static final long SPEED = 240;
    private static final long START_MS = 1_756_904_000_000L;
    private static final long PATIENCE_S = 1_300;
    private static final long MIB = 1 << 20;
    private static final long KEPT = 1_024 * MIB;
    /** The hour being written and those that wait for the retention's next pass. */
    private static final long WRITTEN = 5_120 * MIB;

    @TempDir
    Path folder;

    private ResourceLeakDetector.Level level;

    /** A trace of every buffer is for the other tests: here it would be most of the work. */
    @BeforeEach
    void measureWithoutLeakDetection() {
        level = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
    }

    @AfterEach
    void detectLeaksAgain() {
        ResourceLeakDetector.setLevel(level);
    }

    @Test
    @Tag("stress")
    @Tag("stress-soak")
    void shouldEndureTwentyMillionMessages() throws Exception {
        List<SoakRow> rows = new ArrayList<>();
        try (ExchangeProcess exchange = ExchangeProcess.start(5, START_MS);
                Engine engine = Engine.launch(config(exchange), List.of(), fastClock())) {
            System.out.println(SoakRow.HEAD);
            for (long due = SLICE; due <= MESSAGES; due += SLICE) {
                await(engine, due);
                SoakRow row = SoakRow.of(engine, folder, rows.isEmpty() ? null : rows.get(rows.size() - 1));
                System.out.println(row);
                rows.add(row);
            }
            assertEquals(List.of(), engine.health().warnings());
            assertTrue(engine.counters().value("journal.cycles-deleted") > 0, "retention deleted nothing");
            assertEquals(0, engine.counters().value("feed.reconnects"), "reconnects");
            assertTrue(engine.counters().value("snapshot.written") > 3, "snapshots");
            assertEquals(0, engine.counters().value("snapshot.failed"), "snapshots failed");
        }
        check(rows.subList(WARM_SLICES, rows.size()));
    }

    private static void check(List<SoakRow> rows) {
        int half = rows.size() / 2;
        long early = leastHeap(rows.subList(0, half));
        long late = leastHeap(rows.subList(half, rows.size()));
        assertTrue(late <= early + 4 * MIB, () -> "the heap after GC grew from " + early + " to " + late + " bytes");
        for (SoakRow row : rows) {
            assertTrue(row.diskBytes() <= KEPT + WRITTEN, () -> "the disk is not bounded: " + row);
            assertTrue(row.marketBytesEach() <= 0.05, () -> "journaller and market thread allocate: " + row);
            assertEquals(rows.get(0).threads(), row.threads(), () -> "threads: " + row);
        }
    }

    /** Of several rows: how many frames are on their way differs from one to the next. */
    private static long leastHeap(List<SoakRow> rows) {
        return rows.stream().mapToLong(SoakRow::heapBytes).min().orElseThrow();
    }

    private static void await(Engine engine, long frames) throws InterruptedException {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        while (engine.counters().value("feed.frames") < frames) {
            assertTrue(!engine.failure().isDone(), () -> "the engine stopped: " + engine.failure());
            assertTrue(System.nanoTime() < deadlineNs, () -> frames + " frames not within " + PATIENCE_S + " s");
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private EngineConfig config(ExchangeProcess exchange) {
        return Daemon.config(
                folder,
                exchange.wsUrl(),
                exchange.restUrl(),
                "feed.channels=[trades, l2Book, l2Book-fast, bbo, allMids, candle, activeAssetCtx]",
                "bars.timeframes=[1s, 1m, 5m, 15m, 1h, 4h, 1d]",
                "pipeline.profile=small",
                "pipeline.clock-interval=100 ms",
                "pipeline.anchor-interval=1 h",
                "journal.max-bytes=" + KEPT + "B",
                // By a clock so fast every pause of the machine is minutes long; silences have their own tests.
                "freshness.grace=1 d",
                "freshness.min-cadence=1 h",
                "freshness.max-cadence=1 h",
                "freshness.max-lag=1 d",
                "snapshot.interval=20 m");
    }

    private static LocalClock fastClock() {
        Instant start = Instant.now();
        long startNs = System.nanoTime();
        return new LocalClock(
                () -> start.plusNanos((System.nanoTime() - startNs) * SPEED),
                () -> (System.nanoTime() - startNs) * SPEED);
    }
}
