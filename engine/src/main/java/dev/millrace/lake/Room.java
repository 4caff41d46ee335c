package dev.millrace.lake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Where in a file its rows lie: at no place at which those of the file lie that it replaces, or that had its name a moment
 * ago and was deleted, which leaves a hole there.
 *
 * <p>DuckDB, and not only it, opens a file by its name for the footer and again for the pages, and compares nothing (1.5:
 * {@code ParquetReader}, {@code ReadScanState}). Where the file was replaced in between, the new one's pages would be read by
 * the old one's footer; and where they lie at the same offsets the answer is wrong without an error: the rows of one version,
 * as many as another has. In a hole there are zeros, which are no page, so such a reader fails and may ask again. The same
 * holds of blocks of the old file that DuckDB's cache kept under the name of the new one.
 *
 * @param begin offset of the first page
 * @param end offset that no byte may reach, footer included
 */
record Room(long begin, long end) {

    /** Behind {@code PAR1}, where a Parquet file begins. */
    static final int TOP = 4;

    /** Nobody reads on by a footer that is older. */
    private static final long SETTLED_MS = TimeUnit.MINUTES.toMillis(10);

    /** Where rows are to lie. */
    enum Wish {
        /** At the top of the file, without a hole, where that is possible: this version stays, probably. */
        FOR_GOOD,
        /** Not at the top, and not too far from it: the next version is to have room there. */
        FOR_NOW,
        /** Behind all that is there. */
        BEHIND
    }

    /**
     * Room for a version that is about to be written. It lies in front of the old one's rows if there is twice the room that
     * they take, and if they have been there so long that nobody reads by the footer of a version before them, which may have
     * lain there; otherwise behind. So a file is never longer than some times its rows; the hole takes no room on the disk.
     *
     * @param lake root folder
     * @param file the one to be replaced; need not be there
     * @param fresh a file that was made just now, for the time as the disk has it
     */
    static Room beside(Path lake, Path file, Wish wish, Path fresh) throws IOException {
        if (!Files.exists(file)) {
            return new Room(new DeletedFiles(lake).end(file, modifiedMs(fresh)), Long.MAX_VALUE);
        }
        long end = Math.max(TOP, Files.size(file));
        long begin = begin(file);
        long front = wish == Wish.FOR_GOOD ? TOP : TOP + 3 * (end - begin);
        boolean settled = isSettled(modifiedMs(file), modifiedMs(fresh));
        return wish != Wish.BEHIND && settled && front + 2 * (end - begin) <= begin
                ? new Room(front, begin)
                : new Room(end, Long.MAX_VALUE);
    }

    private static long begin(Path file) {
        try {
            return PartitionReader.begin(file);
        } catch (LakeException ignored) {
            return TOP; // torn or foreign, so only room behind it is sure
        }
    }

    /** Whether nobody goes by what was there before a time any more. */
    static boolean isSettled(long thenMs, long nowMs) {
        return nowMs - thenMs >= SETTLED_MS;
    }

    static long modifiedMs(Path file) throws IOException {
        return Files.getLastModifiedTime(file).toMillis();
    }
}
