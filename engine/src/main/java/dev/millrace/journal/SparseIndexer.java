package dev.millrace.journal;

import dev.millrace.journal.SparseIndex.Entry;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;

/**
 * Keeps the sparse index up with the journal by following its headers, off the journaller's thread: writing, catching up
 * after a crash and rebuilding are the same walk, only from another place. Guarded by {@link JournalSync}.
 */
final class SparseIndexer implements Closeable {

    private final Path dir;
    private final RecordCursor cursor;
    private final int interval;
    private FileChannel channel;
    private long latestNs = Long.MIN_VALUE;
    private long nextSequence;

    SparseIndexer(Path dir, RecordCursor cursor, int interval) {
        this.dir = dir;
        this.cursor = cursor;
        this.interval = interval;
    }

    private void open() throws IOException {
        List<Entry> entries = SparseIndex.load(dir);
        channel = SparseIndex.openToAppend(dir, resumeAfter(entries) ? entries.size() : 0);
    }

    /** Whether the last entry is true of this journal; then the walk goes on there, else it starts at the first record. */
    private boolean resumeAfter(List<Entry> entries) {
        if (!entries.isEmpty()) {
            Entry last = entries.get(entries.size() - 1);
            if (cursor.moveTo(last.index()) && cursor.next() && cursor.sequence() == last.sequence()) {
                latestNs = Math.max(last.latestBeforeNs(), cursor.receiveNs());
                nextSequence = last.sequence() + interval;
                return true;
            }
            cursor.toStart();
        }
        return false;
    }

    /** Walks on to the journal's present end. */
    void catchUp() throws IOException {
        if (channel == null) {
            open();
        }
        while (cursor.next()) {
            if (cursor.damage() == null) {
                add();
            }
        }
    }

    private void add() throws IOException {
        if (cursor.sequence() >= nextSequence) {
            SparseIndex.append(channel, new Entry(cursor.sequence(), latestNs, cursor.index()));
            nextSequence = cursor.sequence() + interval;
        }
        latestNs = Math.max(latestNs, cursor.receiveNs());
    }

    /** Forgets the entries before this Chronicle index, whose records are deleted. */
    void prune(long firstIndex) throws IOException {
        if (channel == null) {
            return; // nothing was written yet; the next walk begins with what is left
        }
        List<Entry> kept = SparseIndex.load(dir).stream()
                .filter(entry -> entry.index() >= firstIndex)
                .toList();
        channel.close();
        channel = SparseIndex.replace(dir, kept);
    }

    @Override
    public void close() throws IOException {
        cursor.close();
        if (channel != null) {
            channel.close();
        }
    }
}
