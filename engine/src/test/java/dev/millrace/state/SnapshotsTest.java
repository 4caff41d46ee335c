package dev.millrace.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.config.SnapshotConfig;
import dev.millrace.market.StateSource;
import dev.millrace.market.StateWriter;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.ErrorLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SnapshotsTest {

    private static final SnapshotConfig CONFIG = new SnapshotConfig(Duration.ofNanos(100), 3);

    private final AtomicLong oldest = new AtomicLong();

    @TempDir
    Path data;

    private final Counters counters = new Counters();
    private final ErrorLog errors = new ErrorLog(Clock.systemUTC());
    private final Moment market = new Moment();

    /** A market of a single number. */
    private static final class Moment implements StateSource {
        long sequence;
        long nsPerRecord = 50;

        @Override
        public long sequence() {
            return sequence;
        }

        @Override
        public long receiveNs() {
            return sequence * nsPerRecord;
        }

        @Override
        public void writeTo(StateWriter out) {
            out.writeLong(sequence);
        }
    }

    @Test
    void shouldSkipWhatIsDueWhileTheOneBeforeIsWritten() throws IOException {
        CountDownLatch disk = new CountDownLatch(1);
        Snapshots snapshots = launch(() -> await(disk));
        for (market.sequence = 1; market.sequence <= 7; market.sequence++) {
            snapshots.onClock(market); // due at 3, 5 and 7
        }
        assertEquals(2, counters.value("snapshot.skipped"));
        disk.countDown();
        snapshots.close();
        assertEquals(List.of("capture-3.snap"), names());
        assertEquals(1, counters.value("snapshot.written"));
        assertEquals(3, counters.value("snapshot.sequence"));
        assertEquals(3, read("capture-3.snap").state().readLong());
    }

    @Test
    void shouldNameAFileOnlyWhenTheJournalIsSynced() throws IOException {
        List<List<String>> atSync = new ArrayList<>();
        Snapshots snapshots = launch(() -> atSync.add(names()));
        market.sequence = 8;
        snapshots.stop(market);
        assertEquals(List.of(List.of("capture-8.snap.tmp")), atSync);
        assertEquals(List.of("capture-8.snap"), names());
    }

    @Test
    void shouldKeepTheNewestAndDropThoseOfAJournalThatIsGone() throws IOException {
        folder().prepare();
        for (long sequence : new long[] {900, 2, 9, 4, 6}) {
            folder().write(sequence, 0, new StateWriter(), () -> {});
        }
        Files.write(data.resolve("state/store-1.snap"), new byte[1]);
        Files.write(data.resolve("state/capture-3.snap.tmp"), new byte[1]);
        Snapshots snapshots = launch(() -> {});
        market.sequence = 10;
        snapshots.stop(market);
        assertEquals(List.of("capture-10.snap", "capture-6.snap", "capture-9.snap", "store-1.snap"), names());
    }

    @Test
    void shouldSayAndCountWhatCannotBeWritten() throws IOException {
        Files.createFile(data.resolve("state"));
        Snapshots snapshots = launch(() -> {});
        market.sequence = 10;
        snapshots.stop(market);
        assertEquals(2, counters.value("snapshot.failed"), "the folder, then the file");
        assertTrue(errors.entries().stream().allMatch(entry -> entry.where().equals("snapshot")));
        assertEquals(0, counters.value("snapshot.written"));
    }

    @Test
    void shouldLeaveNothingOfAFileWhoseJournalCannotBeSynced() {
        Snapshots snapshots = launch(() -> {
            throw new IllegalStateException("the disk is gone");
        });
        market.sequence = 10;
        snapshots.stop(market);
        assertEquals(1, counters.value("snapshot.failed"));
        assertEquals(List.of(), names());
    }

    @Test
    void shouldTellWhatTheOldestSnapshotNeedsOfTheJournal() {
        try (Snapshots snapshots = launch(() -> {})) {
            for (int sequence = 10; sequence <= 50; sequence += 10) {
                market.sequence = sequence;
                snapshots.stop(market);
            }
        }
        assertEquals(30, oldest.get());
    }

    @Test
    void shouldKeepTheFirstOfEachHourWhileTheJournalHoldsItsRecord() {
        market.nsPerRecord = 900_000_000_000L;
        RecordedJournal journal = new RecordedJournal(() -> {});
        try (Snapshots snapshots = Snapshots.launch(folder(), CONFIG, journal, counters, errors)) {
            for (int sequence = 100; sequence < 112; sequence++) {
                market.sequence = sequence;
                journal.first().set(sequence < 111 ? 1 : 105);
                snapshots.stop(market);
            }
            assertEquals(List.of("capture-108.base"), bases());
            market.sequence = 112;
            snapshots.stop(market);
        }
        assertEquals(List.of("capture-108.base", "capture-112.base"), bases());
        assertEquals(List.of("capture-110.snap", "capture-111.snap", "capture-112.snap"), names());
    }

    @Test
    void shouldKeepOneOfAnHourOverSeveralSessions() {
        market.nsPerRecord = 900_000_000_000L;
        for (int sequence = 100; sequence < 106; sequence++) {
            try (Snapshots session = launch(() -> {})) {
                market.sequence = sequence;
                session.stop(market);
            }
        }
        assertEquals(List.of("capture-100.base", "capture-104.base"), bases());
    }

    private List<String> bases() {
        return names(name -> name.endsWith(".base"));
    }

    private Snapshots launch(Runnable journalSync) {
        return Snapshots.launch(
                folder(), CONFIG, new RecordedJournal(journalSync, oldest, new AtomicLong(1)), counters, errors);
    }

    private SnapshotFolder folder() {
        return new SnapshotFolder(data.resolve("state"), "capture", "1.0", 1);
    }

    private Snapshot read(String name) throws IOException {
        return folder().read(data.resolve("state").resolve(name));
    }

    private List<String> names() {
        return names(name -> !name.endsWith(".base"));
    }

    private List<String> names(Predicate<String> which) {
        try (Stream<Path> files = Files.list(data.resolve("state"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(which)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
