package dev.millrace.state;

import java.util.concurrent.atomic.AtomicLong;

/** A journal as the snapshots of a test see it: from record 1 on, writing down what it is told. */
public record RecordedJournal(Runnable onSync, AtomicLong oldest) implements JournalView {

    public RecordedJournal(Runnable onSync) {
        this(onSync, new AtomicLong());
    }

    @Override
    public void sync() {
        onSync.run();
    }

    @Override
    public long firstSequence() {
        return 1;
    }

    @Override
    public void passed(long sequence) {
        oldest.set(sequence);
    }
}
