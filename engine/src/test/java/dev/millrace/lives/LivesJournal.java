package dev.millrace.lives;

import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordLog;
import java.util.List;
import java.util.SplittableRandom;

/** The journal of a life: it is written, it dies in two ways, and what is left is read. */
interface LivesJournal extends RecordLog, AutoCloseable {

    void sync();

    /** The last record that a loss of power cannot take. */
    long syncedSequence();

    /** The process dies: everything appended stays. */
    void kill();

    /** Everything synced stays, and of the rest what lies before the first record that the disk lacks. */
    void losePower(SplittableRandom random);

    /** What is there, from the first record on. */
    List<MarketEvent> records();

    @Override
    void close();
}
