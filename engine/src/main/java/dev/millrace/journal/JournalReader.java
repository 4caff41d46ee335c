package dev.millrace.journal;

import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads records in order of sequence, over files and sessions, and follows a journal that is being written. Opening
 * changes nothing on disk, and any number of readers may run beside the writer; compressed files are restored into a
 * scratch folder, one at a time. One thread.
 */
public final class JournalReader implements AutoCloseable {

    private final Path dir;
    private final RecordCursor cursor;
    private boolean unknownKinds;
    private Beginning beginning;
    private int beginningRead;
    private long lastRead;
    private byte[] large = new byte[0];

    private JournalReader(Path dir, RecordCursor cursor) {
        this.dir = dir;
        this.cursor = cursor;
    }

    /**
     * Opens the journal before its first record.
     *
     * @throws JournalException when the folder is missing or holds no journal
     */
    public static JournalReader open(Path dir) {
        return new JournalReader(dir, RecordCursor.open(dir));
    }

    /** The first record that the journal in a folder holds; {@link Long#MAX_VALUE} where there is none. */
    public static long oldest(Path dir) {
        if (!Files.isDirectory(dir)) {
            return Long.MAX_VALUE;
        }
        try (JournalReader journal = open(dir)) {
            long first = journal.firstSequence();
            return first == 0 ? Long.MAX_VALUE : first;
        }
    }

    /** Also gives records of kinds that this version does not know, with {@link MarketEvent#kind()} null. */
    public JournalReader withUnknownKinds() {
        unknownKinds = true;
        return this;
    }

    /**
     * Where retention has deleted the journal's beginning, gives before the first remaining record what was kept of it for
     * a replay: the session's header and its REST replies, with their own sequences. Before the first {@link #read}.
     */
    public JournalReader withBeginning() {
        beginning = Beginning.load(dir, firstSequence());
        return this;
    }

    /**
     * Reads the next record. A payload longer than the event's array is put into an array of the reader's, which the
     * event borrows until the next call. Allocates only when a payload is longer than any before.
     *
     * @return false when there is no further record now; a live journal may have one at a later call
     * @throws JournalDamagedException when the record is damaged or a sequence is missing before it; the next call goes
     *     on behind it when the damage leaves its place known, else it throws again
     * @throws NewerFormatException when a later Millrace wrote the record
     */
    public boolean read(MarketEvent into) {
        if (beginning != null && beginningRead < beginning.size()) {
            beginning.get(beginningRead++, into);
            return true;
        }
        while (cursor.next()) {
            int length = cursor.length();
            cursor.readPayload(room(into, length));
            if (cursor.damage() != null) {
                throw cursor.damaged();
            }
            lastRead = cursor.sequence();
            RecordKind kind = RecordKind.ofCode(cursor.kindCode());
            if (kind != null || unknownKinds) {
                into.set(kind, cursor.source(), cursor.receiveNs(), length);
                into.sequence(lastRead);
                return true;
            }
        }
        return false;
    }

    private byte[] room(MarketEvent event, int length) {
        if (length > event.bytes().length) {
            if (length > large.length) {
                large = new byte[Math.max(length, large.length * 2)];
            }
            event.borrow(large);
        }
        return event.bytes();
    }

    /**
     * For readers that need all of it, after {@link #read} returned false: damage can look like the end.
     *
     * @throws JournalDamagedException when there are records behind the last one that could be read
     */
    public void requireEnd() {
        cursor.requireEnd(lastRead);
    }

    /**
     * After damage that {@link #read} throws again and again, because the next record's place is lost with it: goes to the
     * next sound record, found by its header and checksum.
     *
     * @return false when there is none
     */
    public boolean seekBehindDamage() {
        return cursor.scanBehind(lastRead) || RecordSeek.behind(cursor);
    }

    /** Goes to the first record whose sequence is this or greater; behind the last record when there is none. */
    public void seekSequence(long sequence) {
        sought(RecordSeek.toSequence(cursor, dir, sequence));
    }

    /**
     * Goes to the first record in order of sequence that was received at this time or later; behind the last when there
     * is none. Records after it may have earlier receive times: imports keep the times of their recording.
     *
     * @param ns since 1970
     */
    public void seekReceiveTime(long ns) {
        sought(RecordSeek.toReceiveTime(cursor, dir, ns));
    }

    /** Nothing lies unread before the place that was sought: {@link #requireEnd} counts from there. */
    private void sought(boolean found) {
        beginning = null;
        lastRead = found ? cursor.sequence() - 1 : Long.MAX_VALUE;
    }

    /** The first record's sequence, 0 when there is none. */
    public long firstSequence() {
        return cursor.firstSequence();
    }

    /** The last record's sequence now, 0 when there is none. */
    public long lastSequence() {
        return cursor.lastSequence();
    }

    @Override
    public void close() {
        cursor.close();
    }
}
