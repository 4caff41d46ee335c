package dev.millrace.state;

import java.util.concurrent.atomic.AtomicLong;

/** A journal as the snapshots of a test see it: writing down what it is told. */
public record RecordedJournal(Runnable onSync, AtomicLong oldest, AtomicLong first) implements JournalView {

    public RecordedJournal(Runnable onSync) {
        this(onSync, new AtomicLong(), new AtomicLong(1));
    }

    @Override
    public void sync() {
        onSync.run();
    }

    @Override
    public long firstSequence() {
        return first.get();
    }

    @Override
    public void passed(long sequence) {
        oldest.set(sequence);
    }
}
