package dev.millrace;

import dev.millrace.barlog.BarLog;
import dev.millrace.journal.JournalWriter;
import dev.millrace.journal.Readers;
import dev.millrace.state.JournalView;

/** What a snapshot is of: it claims the records and the bars before it, so both must be safe on disk. */
record RecordedJournal(JournalWriter journal, BarLog barLog, Readers readers) implements JournalView {

    /** Reader of the journal: what the oldest snapshot still needs is not deleted. */
    private static final String SNAPSHOTS = "snapshots";

    static RecordedJournal of(JournalWriter journal, BarLog barLog, Readers readers) {
        readers.register(SNAPSHOTS);
        return new RecordedJournal(journal, barLog, readers);
    }

    @Override
    public void sync() {
        journal.sync();
        barLog.sync();
    }

    @Override
    public long firstSequence() {
        return journal.firstSequence();
    }

    @Override
    public void passed(long sequence) {
        readers.advance(SNAPSHOTS, sequence);
    }
}
