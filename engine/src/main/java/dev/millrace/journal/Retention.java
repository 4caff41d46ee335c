package dev.millrace.journal;

import dev.millrace.config.JournalConfig;
import dev.millrace.journal.Readers.Reader;
import dev.millrace.market.NanoClock;
import dev.millrace.metrics.Counter;
import dev.millrace.metrics.Counters;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/**
 * The life of a cycle after its hour: compressed, and at last deleted. A cycle is closed once a later one holds a record
 * that is safe on disk. The oldest closed cycles are deleted when they are older than {@code journal.keep}, or the journal
 * is larger than {@code journal.max-bytes}, and every registered reader has passed them: what a reader needs is never
 * deleted, it blocks the retention instead. A crash at any point leaves a readable journal, and the next pass goes on.
 *
 * <p>One pass is one call; whoever calls gives the thread. Belongs to the process that writes the journal.
 */
final class Retention {

    private static final long UNKNOWN = 0;

    private final JournalWriter writer;
    private final JournalConfig config;
    private final NanoClock clock;
    private final Path dir;
    private final Readers readers;
    private final Counter compressed;
    private final Counter deleted;
    private final Counter bytesOnDisk;
    private final Map<Integer, Closed> known = new HashMap<>();
    private final Map<Integer, Long> firstSequences = new HashMap<>();
    private final LongConsumer beginning;
    private String blocked;

    /** @param beginning told the first sequence that is left after a deletion */
    Retention(JournalWriter writer, JournalConfig config, NanoClock clock, Counters counters, LongConsumer beginning) {
        this.beginning = beginning;
        this.writer = writer;
        this.config = config;
        this.clock = clock;
        dir = writer.dir();
        readers = Readers.of(dir);
        compressed = counters.counter("journal.cycles-compressed", "closed files of the journal compressed");
        deleted = counters.counter("journal.cycles-deleted", "files of the journal deleted by retention");
        bytesOnDisk = counters.gauge("journal.disk-bytes", "Bytes that the journal's closed files take on disk");
    }

    /** A closed cycle; of one without a record, the last sequence is one less than the first. */
    private record Closed(CycleFile file, long firstSequence, long lastSequence, long bytes) {}

    /**
     * Deletes what may be deleted, then compresses what is not yet.
     *
     * @param stop asked often; true ends the pass early, in order
     * @return what blocks the deletion that is due, in words
     * @throws IOException when the disk refuses
     * @throws JournalException when a cycle cannot be read
     */
    Optional<String> pass(BooleanSupplier stop) throws IOException {
        blocked = null;
        removeLeftovers();
        List<Closed> closed = closed();
        delete(closed);
        if (config.compress()) {
            compress(closed, stop);
        }
        return Optional.ofNullable(blocked);
    }

    /** Of a pass that was stopped: temporary files, and compressed files whose raw one is still there. */
    private void removeLeftovers() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(dir, "*.tmp")) {
            for (Path file : files) {
                if (!file.getFileName().toString().startsWith(JournalFolder.INDEX_NAME)) {
                    Files.delete(file);
                }
            }
        }
        for (CycleFile file : CycleFile.list(dir).values()) {
            if (file.isRaw() && file.isCompressed()) {
                Files.delete(file.compressed());
            }
        }
    }

    /** Oldest first. The newest raw cycle that holds a synced record is open, and so is all behind it. */
    private List<Closed> closed() throws IOException {
        NavigableMap<Integer, CycleFile> files = CycleFile.list(dir);
        known.keySet().retainAll(files.keySet());
        firstSequences.keySet().retainAll(files.keySet());
        List<Closed> closed = new ArrayList<>();
        long next = UNKNOWN;
        for (CycleFile file : files.descendingMap().values()) {
            long first = firstSequence(file);
            if (next != UNKNOWN) {
                closed.add(0, closed(file, first == UNKNOWN ? next : first, next - 1));
            }
            next = first != UNKNOWN && first <= writer.syncedSequence() ? first : next;
        }
        return closed;
    }

    /** {@link #UNKNOWN} where it holds no record. */
    private long firstSequence(CycleFile file) throws IOException {
        Long found = firstSequences.get(file.cycle());
        if (found == null) {
            found = file.isRaw()
                    ? readFirstSequence(file)
                    : CycleArchive.header(file.compressed()).firstSequence();
            if (found != UNKNOWN) {
                firstSequences.put(file.cycle(), found);
            }
        }
        return found;
    }

    private long readFirstSequence(CycleFile raw) {
        try (RecordCursor cursor = RecordCursor.open(dir)) {
            boolean any = cursor.moveTo(JournalFolder.ROLL.toIndex(raw.cycle(), 0)) && cursor.next();
            return any ? cursor.sequence() : UNKNOWN;
        }
    }

    private Closed closed(CycleFile file, long first, long last) throws IOException {
        Closed before = known.get(file.cycle());
        if (before != null && before.file.equals(file)) {
            return before;
        }
        Closed now = new Closed(file, first, last, file.diskBytes());
        known.put(file.cycle(), now);
        return now;
    }

    private void delete(List<Closed> closed) throws IOException {
        long total = closed.stream().mapToLong(Closed::bytes).sum();
        Reader lowest = null;
        int count = 0;
        while (count < closed.size() && isDue(closed.get(count), total)) {
            lowest = lowest == null ? readers.lowest() : lowest;
            Closed oldest = closed.get(count);
            if (lowest.sequence() < oldest.lastSequence) {
                blocked = "retention waits for the reader " + lowest.name() + ", which has passed record "
                        + lowest.sequence() + " and needs " + oldest.file.file().getFileName() + " up to record "
                        + oldest.lastSequence + "; if it is gone for good, delete "
                        + dir.resolve(Readers.FOLDER).resolve(lowest.name());
                break;
            }
            total -= oldest.bytes;
            count++;
        }
        if (count > 0) {
            delete(closed.subList(0, count), closed.get(count - 1).lastSequence + 1);
            closed.subList(0, count).clear();
        }
        bytesOnDisk.set(total);
    }

    private boolean isDue(Closed oldest, long total) {
        boolean old = clock.nowNs() - oldest.file.endNs() >= config.keep().toNanos();
        return old || total > config.maxBytes();
    }

    private void delete(List<Closed> due, long firstLeft) throws IOException {
        try (RecordCursor cursor = RecordCursor.open(dir)) {
            Beginning beginning = Beginning.load(dir, due.get(0).firstSequence);
            beginning.add(cursor, firstLeft);
            beginning.write(dir, firstLeft);
        }
        for (Closed cycle : due) {
            Files.deleteIfExists(cycle.file.compressed());
            Files.deleteIfExists(cycle.file.raw());
            deleted.increment();
        }
        JournalFolder.force(dir);
        Beginning.removeOthers(dir, firstLeft);
        writer.onCyclesRemoved(due.get(due.size() - 1).file.cycle() + 1);
        beginning.accept(firstLeft);
    }

    private void compress(List<Closed> closed, BooleanSupplier stop) throws IOException {
        boolean any = false;
        for (Closed cycle : closed) {
            if (stop.getAsBoolean()) {
                break;
            }
            if (cycle.file.isRaw()) {
                CycleArchive.compress(cycle.file, cycle.firstSequence, cycle.lastSequence, stop);
                Files.delete(cycle.file.raw());
                JournalFolder.force(dir);
                compressed.increment();
                any = true;
            }
        }
        if (any) {
            writer.onCyclesRemoved(closed.get(0).file.cycle());
        }
    }
}
