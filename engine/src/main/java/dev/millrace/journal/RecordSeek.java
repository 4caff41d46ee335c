package dev.millrace.journal;

import dev.millrace.journal.SparseIndex.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the first record that qualifies: from the nearest entry of the sparse index on, or from the start without one. */
final class RecordSeek {

    private static final Logger LOG = LoggerFactory.getLogger(RecordSeek.class);

    private RecordSeek() {}

    /**
     * Makes the first record with this sequence or a greater one the cursor's next.
     *
     * @return false when there is none; the cursor then stands behind the last record
     */
    static boolean toSequence(RecordCursor cursor, Path dir, long sequence) {
        return seek(cursor, dir, entry -> entry.sequence() <= sequence, () -> cursor.sequence() >= sequence);
    }

    /** The same for the first record in order of sequence that was received at this time or later. */
    static boolean toReceiveTime(RecordCursor cursor, Path dir, long ns) {
        return seek(cursor, dir, entry -> entry.latestBeforeNs() < ns, () -> cursor.receiveNs() >= ns);
    }

    /** Makes the first record of the next file its next: Chronicle would walk to any nearer place through the damage. */
    static boolean behind(RecordCursor cursor) {
        return cursor.fileStarts().anyMatch(index -> isRecord(cursor, index) && cursor.moveTo(index));
    }

    private static boolean isRecord(RecordCursor cursor, long index) {
        try {
            return cursor.moveTo(index) && cursor.next();
        } catch (JournalDamagedException ignored) { // this place is lost too
            return false;
        }
    }

    private static boolean seek(RecordCursor cursor, Path dir, Predicate<Entry> before, BooleanSupplier found) {
        start(cursor, SparseIndex.last(entries(dir), before));
        while (cursor.next()) {
            if (cursor.damage() == null && found.getAsBoolean()) {
                cursor.moveTo(cursor.index());
                return true;
            }
        }
        return false;
    }

    private static List<Entry> entries(Path dir) {
        try {
            return SparseIndex.load(dir);
        } catch (IOException e) {
            LOG.warn("{} cannot be read; every record is", dir.resolve(JournalFolder.INDEX_NAME), e);
            return List.of();
        }
    }

    /** Goes to the entry if the journal has what it says, else to the first record. */
    private static void start(RecordCursor cursor, Entry entry) {
        if (entry != null && cursor.moveTo(entry.index()) && cursor.next() && cursor.sequence() == entry.sequence()) {
            cursor.moveTo(entry.index());
        } else {
            cursor.toStart();
        }
    }
}
