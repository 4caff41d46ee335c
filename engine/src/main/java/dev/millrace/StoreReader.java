package dev.millrace;

import dev.millrace.journal.Readers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The store among the readers of the journal: what neither tables nor lake could give again is not deleted. That are the rows
 * that no file of the lake holds, since the tables can be lost. Registered by one thread, then told by one.
 */
final class StoreReader {

    private static final String NAME = "store";
    private static final long INTERVAL_NS = Duration.ofSeconds(10).toNanos();

    private final Readers readers;
    private final LongSupplier inLake;
    private long toldNs;
    private long passed;

    /** @param inLake the last record whose rows are all in the lake; asked by the one who tells */
    StoreReader(Path journal, LongSupplier inLake) {
        readers = Readers.of(journal);
        this.inLake = inLake;
    }

    void register() {
        passed = readers.register(NAME);
    }

    /** Everything up to this record is committed. Passed on seldom: it costs a forced file. */
    void committed(long sequence) {
        long nowNs = System.nanoTime();
        boolean due = toldNs == 0 || nowNs - toldNs >= INTERVAL_NS;
        long safe = Math.min(sequence, inLake.getAsLong());
        if (due && safe > passed) { // tables that are made anew begin behind it
            readers.advance(NAME, safe);
            passed = safe;
            toldNs = nowNs;
        }
    }
}
