package dev.millrace.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Forces what a journal holds to the disk, the files that may have changed since the last time. The kernel forces the pages
 * of a file whoever wrote them, so a reader in another process than the writer's can rely on what it has read. One thread
 * at a time.
 *
 * <p>A force that fails is final. The system may have dropped the pages and reported it once, so a second force that
 * succeeds would promise what is not on disk.
 */
public final class JournalForce implements Runnable {

    private final Path dir;
    private String newest = "";
    private JournalException failure;

    /** @param dir the journal's folder */
    public JournalForce(Path dir) {
        this.dir = dir;
    }

    /**
     * Forces; what could be read before the call is safe after it.
     *
     * @throws JournalException when the disk refused, now or before
     */
    @Override
    public void run() {
        if (failure != null) {
            throw failure;
        }
        try {
            force();
        } catch (IOException | JournalException e) {
            failure = new JournalException(
                    "cannot force journal " + dir + " to disk: " + e.getMessage()
                            + "; look at the disk, then start again",
                    e);
            throw failure;
        }
    }

    /** The newest file and, after a roll, those that were current since the last force; gives them. */
    List<Path> force() throws IOException {
        List<Path> forced = new ArrayList<>();
        String last = newest;
        for (Path file : JournalFolder.cycleFiles(dir)) {
            String name = JournalFolder.name(file);
            if (name.compareTo(last) >= 0 && force(file)) {
                forced.add(file);
                newest = name;
            }
        }
        if (!newest.equals(last)) {
            JournalFolder.force(dir); // the new file's name
        }
        return forced;
    }

    /** Name of the newest file that was forced; empty before the first. */
    String newest() {
        return newest;
    }

    /** False for a file that is gone since it was listed: a closed hour that was compressed, which forces it, or deleted. */
    private static boolean force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.force(false);
            return true;
        } catch (NoSuchFileException ignored) {
            return false;
        }
    }
}
