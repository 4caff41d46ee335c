package dev.millrace.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import net.openhft.chronicle.core.io.Closeable;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;

/** One compressed cycle at a time, restored into a scratch folder and read there under the same indices. */
final class RestoredCycle implements AutoCloseable {

    private static final int NONE = -1;

    private final Path dir;
    private Scratch scratch;
    private SingleChronicleQueue queue;
    private ExcerptTailer tailer;
    private int cycle = NONE;

    /** @param dir folder of the journal */
    RestoredCycle(Path dir) {
        this.dir = dir;
    }

    /** Restores the cycle in the place of the one before; false when its compressed file is gone. */
    boolean restore(CycleFile file) {
        if (cycle == file.cycle()) {
            return true;
        }
        drop();
        if (!unpack(file)) {
            return false;
        }
        queue = JournalFolder.openScratch(scratch.dir());
        tailer = queue.createTailer();
        tailer.singleThreadedCheckDisabled(true);
        cycle = file.cycle();
        return true;
    }

    private boolean unpack(CycleFile file) {
        try {
            scratch = scratch == null ? Scratch.open(dir) : scratch;
            CycleArchive.restore(file.compressed(), path(file));
            return true;
        } catch (NoSuchFileException e) {
            if (Files.exists(file.compressed())) {
                throw new JournalException("cannot restore " + file.compressed() + ": " + e, e);
            }
            return false;
        } catch (IOException e) {
            throw new JournalException("cannot restore " + file.compressed() + ": " + e.getMessage(), e);
        }
    }

    /** Of the cycle restored last. */
    ExcerptTailer tailer() {
        return tailer;
    }

    /** The cycle restored last. */
    int cycle() {
        return cycle;
    }

    /** Where the records of a restored cycle lie. */
    Path path(CycleFile file) {
        return scratch.dir().resolve(file.raw().getFileName());
    }

    private void drop() {
        Closeable.closeQuietly(tailer, queue);
        tailer = null;
        queue = null;
        cycle = NONE;
        try {
            if (scratch != null) {
                scratch.empty();
            }
        } catch (IOException e) {
            throw new JournalException("cannot empty " + scratch.dir() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        drop();
        if (scratch != null) {
            scratch.close();
        }
    }
}
