package dev.millrace.journal;

import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets go of the memory that holds what was written to a file and is on disk. A recorder would otherwise fill all memory
 * with what is hardly read again, push out what other programs read, and take a fresh page for each of its own, which on a
 * virtual machine costs 5 to 9 µs where one that was just given back costs 1. Only on Linux; where the system refuses,
 * the pages stay until it needs them. One thread at a time.
 */
final class PageCache {

    private static final Logger LOG = LoggerFactory.getLogger(PageCache.class);
    private boolean works = LibC.AVAILABLE;

    /** Lets go of the pages before this offset, but for those not on disk yet and those that somebody has mapped. */
    void release(Path file, long before) {
        if (!works || before <= 0) {
            return;
        }
        int opened = LibC.open(file.toString(), LibC.READ_ONLY);
        int error = opened < 0 ? opened : LibC.posix_fadvise(opened, 0, before, LibC.DONT_NEED);
        if (opened >= 0) {
            LibC.close(opened);
        }
        if (error != 0) {
            works = false;
            LOG.info("what is written stays in memory: the system does not release pages of {} ({})", file, error);
        }
    }
}
