package dev.millrace.replay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.barlog.BarLog;
import dev.millrace.config.JournalConfig;
import dev.millrace.config.SnapshotConfig;
import dev.millrace.journal.JournalWriter;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.StateWriter;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.ErrorLog;
import dev.millrace.pipeline.LocalClock;
import dev.millrace.pipeline.Market;
import dev.millrace.pipeline.RandomJournal;
import dev.millrace.state.SnapshotFolder;
import dev.millrace.state.Snapshots;
import dev.millrace.strategy.StrategyHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start from snapshots and a journal on disk comes to the state of a market that saw every record. */
class RecoveryTest {

    private static final SnapshotConfig CONFIG = new SnapshotConfig(Duration.ofSeconds(30), 3);
    private static final int RECORDS = 900;
    private static final int TAIL = 20;

    private final List<BarLog> barLogs = new ArrayList<>();

    @TempDir
    Path folder;

    private final Counters counters = new Counters();
    private final ErrorLog errors = new ErrorLog(Clock.systemUTC());
    private final List<MarketEvent> records = RandomJournal.records(3, 2 * RECORDS);
    private final Market whole = market();

    @Test
    void shouldReplayOnlyWhatFollowsTheNewestSnapshotHoweverLongTheJournal() throws Exception {
        journal(0, RECORDS, RECORDS - TAIL);
        assertEquals(TAIL, recovered(RECORDS));
        journal(RECORDS, 2 * RECORDS, 2 * RECORDS - TAIL);
        assertEquals(TAIL, recovered(2 * RECORDS));
        assertEquals(0, counters.value("recovery.refused"));
    }

    @Test
    void shouldFallBackOverDamagedSnapshotsAndAtLastToTheStart() throws Exception {
        journal(0, RECORDS, 300, 500, RECORDS);
        assertEquals(0, recovered(RECORDS));
        damage(RECORDS);
        assertEquals(RECORDS - 500, recovered(RECORDS));
        assertEquals(1, counters.value("recovery.refused"));
        Files.write(snapshot(500), new byte[0]);
        assertEquals(RECORDS - 300, recovered(RECORDS));
        damage(300);
        assertEquals(RECORDS, recovered(RECORDS));
        assertEquals(1 + 2 + 3, counters.value("recovery.refused"));
    }

    @Test
    void shouldNotUseTheSnapshotsOfAnotherJournal() throws Exception {
        journal(0, RECORDS, 400, RECORDS);
        byte[] newer = Files.readAllBytes(snapshot(RECORDS));
        byte[] other = Files.readAllBytes(snapshot(400));
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.createDirectory(elsewhere.resolve("state"));
        Files.write(elsewhere.resolve("state/capture-" + RECORDS + ".snap"), newer);
        Files.write(elsewhere.resolve("state/capture-400.snap"), other);
        folder = elsewhere;
        List<MarketEvent> different = RandomJournal.records(4, RECORDS);
        Market expected = market();
        try (JournalWriter writer = writer()) {
            for (MarketEvent event : different.subList(0, 500)) {
                MarketEvent copy = event.copy();
                writer.append(copy);
                expected.onEvent(copy);
            }
        }
        Market recovered = recovery().run(500);
        assertArrayEquals(state(expected), state(recovered));
        assertEquals(2, counters.value("recovery.refused"), "one newer than the journal, one of another record 400");
        assertEquals(500, counters.value("recovery.records"));
    }

    @Test
    void shouldBeginWithNothingWhereNothingWasJournaled() throws Exception {
        assertEquals(false, recovery().run(0).isBegun());
    }

    /** Appends these records, taking a snapshot after each of the given ones. */
    private void journal(int from, int to, int... snapshotsAt) {
        try (JournalWriter writer = writer()) {
            for (MarketEvent event : records.subList(from, to)) {
                MarketEvent copy = event.copy();
                writer.append(copy);
                whole.onEvent(copy);
                if (Arrays.stream(snapshotsAt).anyMatch(at -> at == copy.sequence())) {
                    Snapshots.launch(snapshots(), CONFIG, writer::sync, oldest -> {}, new Counters(), errors)
                            .stop(whole);
                }
            }
        }
    }

    /** Gives how many records were replayed; the state must be that of the market that saw all. */
    private long recovered(int journalEnd) throws InterruptedException {
        Market recovered = recovery().run(journalEnd);
        assertArrayEquals(state(whole), state(recovered));
        assertArrayEquals(whole.openConnections(), recovered.openConnections());
        assertEquals(List.of(), errors.entries());
        return counters.value("recovery.records");
    }

    /** With a bar log of its own: what this recovery makes is not what an earlier one of the test left. */
    private Recovery recovery() {
        Path bars = folder.resolve("bars-" + barLogs.size());
        BarLog barLog = BarLog.open(bars, Duration.ofMinutes(10), counters, errors);
        barLogs.add(barLog);
        return new Recovery(folder.resolve("journal"), snapshots(), barLog, counters, errors);
    }

    @AfterEach
    void closeBarLogs() {
        barLogs.forEach(BarLog::close);
    }

    private void damage(int sequence) throws IOException {
        byte[] bytes = Files.readAllBytes(snapshot(sequence));
        bytes[bytes.length / 2] ^= 1;
        Files.write(snapshot(sequence), bytes);
    }

    private Path snapshot(int sequence) {
        return folder.resolve("state/capture-" + sequence + ".snap");
    }

    private SnapshotFolder snapshots() {
        return new SnapshotFolder(folder.resolve("state"), "capture", "test", Market.SEMANTICS_VERSION);
    }

    private JournalWriter writer() {
        JournalConfig config = JournalConfig.keepingAll(Duration.ofHours(1), 64);
        return JournalWriter.open(folder.resolve("journal"), config, LocalClock.system(), new Counters());
    }

    private Market market() {
        Counters unseen = new Counters();
        return new Market(new StrategyHost(List::of, unseen, errors), (gap, receiveNs) -> {}, unseen);
    }

    private static byte[] state(Market market) {
        StateWriter out = new StateWriter();
        market.writeTo(out);
        return Arrays.copyOf(out.bytes(), out.length());
    }
}
