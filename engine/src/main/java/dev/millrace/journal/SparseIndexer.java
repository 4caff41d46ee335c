package dev.millrace.journal;

import dev.millrace.journal.SparseIndex.Entry;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * Keeps the sparse index up with the journal, off the journaller's thread. At its first call, and when it missed places, it
 * walks the headers from the last entry on: catching up after a crash and rebuilding are the same walk, only from another
 * place. After that it takes the places from the journaller. Guarded by {@link JournalSync}.
 */
final class SparseIndexer implements Closeable {

    private final Path dir;
    private final Supplier<RecordCursor> journal;
    private final IndexPoints points;
    private FileChannel channel;
    private boolean walked;
    private long latestNs = Long.MIN_VALUE;
    private long lastSequence;

    /** @param journal opens a cursor over it */
    SparseIndexer(Path dir, Supplier<RecordCursor> journal, IndexPoints points) {
        this.dir = dir;
        this.journal = journal;
        this.points = points;
    }

    /** Brings it to the journal's present end. */
    void catchUp() throws IOException {
        if (!walked) {
            walk();
        }
        try {
            while (!points.drain(this::addLater)) {
                walk();
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void walk() throws IOException {
        try (RecordCursor cursor = journal.get()) {
            List<Entry> entries = SparseIndex.load(dir);
            boolean resumed = resumeAfter(entries, cursor);
            open(resumed ? entries.size() : 0);
            while (cursor.next()) {
                if (cursor.damage() == null) {
                    add(cursor);
                }
            }
        }
        walked = true;
    }

    private void open(int entries) throws IOException {
        if (channel != null) {
            channel.close();
        }
        channel = SparseIndex.openToAppend(dir, entries);
    }

    /** Whether the last entry is true of this journal; then the walk goes on there, else it starts at the first record. */
    private boolean resumeAfter(List<Entry> entries, RecordCursor cursor) {
        if (!entries.isEmpty()) {
            Entry last = entries.get(entries.size() - 1);
            if (cursor.moveTo(last.index()) && cursor.next() && cursor.sequence() == last.sequence()) {
                latestNs = Math.max(last.latestBeforeNs(), cursor.receiveNs());
                lastSequence = last.sequence();
                return true;
            }
            cursor.toStart();
        }
        latestNs = Long.MIN_VALUE;
        lastSequence = 0;
        return false;
    }

    private void add(RecordCursor cursor) throws IOException {
        lastSequence = cursor.sequence();
        if (points.isPoint(lastSequence)) {
            SparseIndex.append(channel, new Entry(lastSequence, latestNs, cursor.index()));
        }
        latestNs = Math.max(latestNs, cursor.receiveNs());
    }

    /** What the walk has passed already comes again. */
    private void addLater(long sequence, long latestBeforeNs, long index) {
        if (sequence <= lastSequence) {
            return;
        }
        lastSequence = sequence;
        latestNs = Math.max(latestNs, latestBeforeNs);
        try {
            SparseIndex.append(channel, new Entry(sequence, latestNs, index));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
        if (channel != null) {
            channel.close();
        }
    }
}
