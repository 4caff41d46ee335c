package dev.millrace.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.SmallDisk;
import dev.millrace.Waiting;
import dev.millrace.config.JournalConfig;
import dev.millrace.config.PipelineConfig;
import dev.millrace.config.SnapshotConfig;
import dev.millrace.journal.JournalReader;
import dev.millrace.journal.JournalVerify;
import dev.millrace.journal.JournalWriter;
import dev.millrace.market.EmittedBarSink;
import dev.millrace.market.EventSink;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.Trade;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.ErrorLog;
import dev.millrace.pipeline.Frames.VenueTrade;
import dev.millrace.state.RecordedJournal;
import dev.millrace.state.SnapshotFolder;
import dev.millrace.state.Snapshots;
import dev.millrace.strategy.Strategy;
import dev.millrace.strategy.StrategyHost;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that is full before the watch over its room has noticed: nothing watches here. The journaller's own fault ends the
 * process at once, and whatever a strategy was told by then reads back.
 */
@Timeout(300)
class DiskFaultTest {

    private static final int DISK_MIB = 64;
    /** More than the rest: the start after the fault copies the sound records. */
    private static final int BALLAST_MIB = 40;

    private static final long T0 = 1_700_000_000_000L;

    @TempDir
    Path mountPoint;

    @Test
    void shouldEndTheProcessAtOnceAndKeepWhatWasAcknowledged() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(mountPoint, DISK_MIB)) {
            Path ballast = Files.write(disk.root().resolve("ballast"), new byte[BALLAST_MIB << 20]);
            Path journal = disk.root().resolve("journal");
            Process daemon = start(journal);
            long told = lastLine(daemon);
            assertTrue(daemon.waitFor(Waiting.PATIENCE_S, TimeUnit.SECONDS), "ends");
            String said = new String(daemon.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(1, daemon.exitValue(), said);
            assertTrue(said.contains("millrace: the disk under the journal failed"), said);
            assertTrue(told > 1_000, () -> told + " records were acknowledged: " + said);
            assertReads(journal, told);
            Files.delete(ballast);
            try (JournalWriter writer = writer(journal)) {
                // The record that met the fault may have been ended without its bytes: it was nobody's yet.
                assertTrue(writer.damage().size() <= 1, () -> writer.damage().toString());
                assertTrue(writer.lastSequence() >= told, () -> writer.lastSequence() + " of " + told);
                writer.append(frame(told + 1_000_000)); // the numbers go on without a hole
            }
            assertReads(journal, told);
            assertTrue(JournalVerify.run(journal, sequence -> {}).sound(), "verify");
        }
    }

    private static void assertReads(Path journal, long told) {
        MarketEvent event = new MarketEvent(1 << 14);
        try (JournalReader reader = JournalReader.open(journal)) {
            for (long sequence = 1; sequence <= told; sequence++) {
                assertTrue(reader.read(event));
                assertEquals(sequence, event.sequence());
            }
        }
    }

    private static Process start(Path journal) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "@" + Path.of(System.getProperty("millrace.root"), "config", "jvm.options"),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DiskFaultTest.class.getName(),
                        journal.toString())
                .redirectError(ProcessBuilder.Redirect.PIPE)
                .start();
    }

    /** The last record that the strategy was told of. */
    private static long lastLine(Process daemon) throws IOException {
        long last = 0;
        try (BufferedReader told = daemon.inputReader(StandardCharsets.UTF_8)) {
            for (String line = told.readLine(); line != null; line = told.readLine()) {
                last = line.matches("told [0-9]+ \\.") ? Long.parseLong(line.split(" ", -1)[1]) : last;
            }
        }
        return last;
    }

    private static JournalWriter writer(Path journal) {
        JournalConfig config = JournalConfig.keepingAll(Duration.ofDays(1), 1024); // it does not force in between
        return JournalWriter.open(journal, config, LocalClock.system(), new Counters());
    }

    /** A trade, and some KiB that the decoder skips. */
    private static MarketEvent frame(long tid) {
        String trades = Frames.trades(List.of(new VenueTrade("A", T0 + tid, tid, 100, 1, true)));
        String text = trades.substring(0, trades.length() - 1) + ",\"more\":\"" + "x".repeat(6_000) + "\"}";
        return new Tape().frame(1, T0 + tid, text).records().get(0);
    }

    /** The journaller and the market, without a watch over the disk, fed until they fall. */
    public static void main(String[] args) {
        Path dir = Path.of(args[0]);
        Counters counters = new Counters();
        ErrorLog errors = new ErrorLog(Clock.systemUTC());
        JournalWriter journal = writer(dir);
        StrategyHost host = new StrategyHost(() -> List.of(new Teller()), counters, errors);
        PipelineConfig config = new PipelineConfig(
                PipelineConfig.Profile.SMALL,
                1 << 20,
                8_192,
                1 << 25,
                List.of(),
                Duration.ofMillis(100),
                Duration.ofMinutes(1));
        Pipeline pipeline =
                new Pipeline(config, LocalClock.system(), journal, host, EmittedBarSink.NONE, counters, errors);
        SnapshotFolder states = new SnapshotFolder(dir.resolve("state"), "capture", "test", Market.SEMANTICS_VERSION);
        SnapshotConfig never = new SnapshotConfig(Duration.ofHours(1), 3);
        pipeline.start(Snapshots.launch(states, never, new RecordedJournal(() -> {}), counters, errors));
        publish(
                pipeline,
                new Tape()
                        .session(T0, Tape.results(4096, Duration.ofMinutes(10), "1s"))
                        .records()
                        .get(0));
        for (long tid = 1; !pipeline.failure().isDone(); tid++) {
            publish(pipeline, frame(tid));
        }
        throw new AssertionError("it failed in order", pipeline.failure().getNow(null));
    }

    private static void publish(Pipeline pipeline, MarketEvent record) {
        EventSink sink = pipeline.sink();
        MarketEvent event = sink.tryClaim(record.length());
        while (event == null) {
            LockSupport.parkNanos(50_000);
            event = sink.tryClaim(record.length());
        }
        System.arraycopy(record.bytes(), 0, event.bytes(), 0, record.length());
        event.set(record.kind(), record.source(), record.receiveNs(), record.length());
        sink.publish(event);
    }

    /** Says what it was told; a line that a halt cuts in two does not end so. */
    private static final class Teller implements Strategy {

        @Override
        public void onTrade(Trade trade) {
            System.out.println("told " + trade.sequence + " .");
        }
    }
}
