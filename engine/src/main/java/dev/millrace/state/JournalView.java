package dev.millrace.state;

/** The journal as the snapshots of it need it. Any thread but the market's. */
public interface JournalView {

    /** Returns when everything that has entered and left so far, records and bars, is safe on disk. */
    void sync();

    /** The first record that it still holds; 0 when it holds none. */
    long firstSequence();

    /** The oldest snapshot kept is at this record: no start needs what is before it. */
    void passed(long sequence);
}
