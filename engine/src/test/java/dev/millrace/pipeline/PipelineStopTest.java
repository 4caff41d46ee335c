package dev.millrace.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.Waiting;
import dev.millrace.config.JournalConfig;
import dev.millrace.config.PipelineConfig;
import dev.millrace.config.SnapshotConfig;
import dev.millrace.journal.JournalWriter;
import dev.millrace.market.EmittedBarSink;
import dev.millrace.market.EventSink;
import dev.millrace.market.MarketEvent;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.ErrorLog;
import dev.millrace.metrics.Observed;
import dev.millrace.state.RecordedJournal;
import dev.millrace.state.SnapshotFolder;
import dev.millrace.state.Snapshots;
import dev.millrace.strategy.MarketView;
import dev.millrace.strategy.Strategy;
import dev.millrace.strategy.StrategyHost;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineStopTest {

    private static final long T0 = 1_700_000_000_000L;

    @TempDir
    Path dir;

    private final Counters counters = new Counters();
    private final CountDownLatch busy = new CountDownLatch(1);
    private volatile Thread marketThread;
    private volatile BooleanSupplier until = () -> false;
    private JournalWriter journal;
    private Pipeline pipeline;

    /** Keeps the market thread until it is let go. */
    private final class Busy implements Strategy {
        @Override
        public void onStart(MarketView market) {
            marketThread = Thread.currentThread();
            busy.countDown();
            while (!until.getAsBoolean()) {
                Thread.onSpinWait();
            }
        }
    }

    @AfterEach
    void close() throws InterruptedException {
        until = () -> true;
        pipeline.close();
        marketThread.join();
        journal.close();
    }

    @Test
    void shouldAwaitTheThreadsOfAFailedPipelineBeforeTheJournalMayClose() throws Exception {
        start();
        pipeline.fail("a test", new IllegalStateException("no more"));
        Thread drainer = Thread.currentThread();
        until = () -> drainer.getState() == Thread.State.TIMED_WAITING;
        pipeline.drain(Duration.ofSeconds(Waiting.PATIENCE_S));
        assertFalse(marketThread.isAlive());
    }

    @Test
    void shouldNameTheThreadThatIsStuckAndWhere() throws Exception {
        start();
        String message = assertThrows(IllegalStateException.class, () -> pipeline.drain(Duration.ofMillis(20)))
                .getMessage();
        assertTrue(
                message.startsWith("thread md-market is stuck in " + Busy.class.getName() + ".onStart, line "),
                message);
    }

    @Test
    void shouldSayThatEventsWereLeftWhenAllThreadsEnded() throws Exception {
        start();
        Thread drainer = Thread.currentThread();
        // Thread.join waits by state; the Disruptor's own time limit is passed spinning.
        until = () -> drainer.getState() == Thread.State.TIMED_WAITING;
        String message = assertThrows(IllegalStateException.class, () -> pipeline.drain(Duration.ofMillis(20)))
                .getMessage();
        assertTrue(message.endsWith("events in the ring were not handled within PT0.02S"), message);
    }

    @Test
    void shouldShowHowFullTheRingIs() throws Exception {
        start();
        assertEquals(256, observed("ring.slots"));
        assertEquals(1, observed("ring.slots-used"));
        assertEquals(0, observed("ring.large-bytes"));
        publish(new Tape().clock(T0 + 1).records().get(0));
        publish(new Tape().frame(1, T0 + 2, "x".repeat(5_000)).records().get(0));
        assertEquals(3, observed("ring.slots-used"));
        assertEquals(8_192, observed("ring.large-bytes"));
    }

    private void start() throws InterruptedException {
        ErrorLog errors = new ErrorLog(Clock.systemUTC());
        LocalClock clock = LocalClock.system();
        journal = JournalWriter.open(dir, JournalConfig.keepingAll(Duration.ofDays(1), 1024), clock, counters);
        StrategyHost host = new StrategyHost(() -> List.of(new Busy()), counters, errors);
        pipeline = new Pipeline(config(), clock, journal, host, EmittedBarSink.NONE, counters, errors);
        SnapshotFolder states = new SnapshotFolder(dir.resolve("state"), "capture", "test", Market.SEMANTICS_VERSION);
        SnapshotConfig config = new SnapshotConfig(Duration.ofHours(1), 3);
        pipeline.start(Snapshots.launch(states, config, new RecordedJournal(() -> {}), counters, errors));
        publish(new Tape()
                .session(T0, Tape.results(4096, Duration.ofMinutes(10), "1s"))
                .records()
                .get(0));
        busy.await();
    }

    private static PipelineConfig config() {
        return new PipelineConfig(
                PipelineConfig.Profile.SMALL,
                256 * 1024,
                1024,
                1 << 25,
                List.of(),
                Duration.ofMillis(100),
                Duration.ofMinutes(1));
    }

    private void publish(MarketEvent record) {
        EventSink sink = pipeline.sink();
        MarketEvent event = sink.tryClaim(record.length());
        System.arraycopy(record.bytes(), 0, event.bytes(), 0, record.length());
        event.set(record.kind(), record.source(), record.receiveNs(), record.length());
        sink.publish(event);
    }

    private long observed(String name) {
        return counters.observed().stream()
                .filter(one -> one.name().equals(name))
                .map(Observed::value)
                .findFirst()
                .orElseThrow()
                .getAsLong();
    }
}
