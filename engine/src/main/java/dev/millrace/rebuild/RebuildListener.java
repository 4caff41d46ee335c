package dev.millrace.rebuild;

import dev.millrace.store.PartitionChange;
import java.time.LocalDate;

/** Told how a rebuild gets on, on its thread. An exception ends it: the days that were told are new, the others as they were. */
public interface RebuildListener {

    /**
     * Called every few thousand units of work.
     *
     * @param stage what is being done: {@code records} or {@code days}
     * @param done how many of them
     */
    void progress(String stage, long done, long of);

    /** A partition holds what was made again. */
    void rebuilt(PartitionChange change);

    /** Something of a day was left as it is. */
    void left(LocalDate day, String why);
}
