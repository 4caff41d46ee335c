package dev.millrace.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder of one reader's own for restored cycles: below {@code scratch} in the journal's folder or, where that cannot be
 * written, in the system's folder for temporary files. It goes with {@link #close}; what a killed process left is removed
 * by the next reader. A locked file in each folder tells which are in use.
 */
final class Scratch implements AutoCloseable {

    static final String FOLDER = "scratch";
    private static final String LOCK_NAME = "in-use";
    private static final String PREFIX = "reader-";
    /** Folders of this process are passed over: closing a second handle of a lock's file would free the lock. */
    private static final String OURS = PREFIX + ProcessHandle.current().pid() + "-";

    private final Path dir;
    private final FileChannel lock;

    private Scratch(Path dir, FileChannel lock) {
        this.dir = dir;
        this.lock = lock;
    }

    static Scratch open(Path journal) {
        Path below = journal.resolve(FOLDER);
        try {
            if (Files.isWritable(Files.isDirectory(below) ? below : journal)) {
                return create(below);
            }
            return create(Path.of(System.getProperty("java.io.tmpdir"), "millrace-" + FOLDER + "-" + userName()));
        } catch (IOException e) {
            throw new JournalException("cannot make a scratch folder for compressed files: " + e, e);
        }
    }

    private static String userName() {
        return System.getProperty("user.name");
    }

    /** One at a time in this process and, by the lock file, over all: a folder without its lock must not be seen. */
    private static synchronized Scratch create(Path below) throws IOException {
        Files.createDirectories(below);
        try (FileChannel making = lockFile(below.resolve("making"));
                FileLock held = making.lock()) {
            removeLeftovers(below);
            Path dir = Files.createTempDirectory(below, OURS);
            FileChannel lock = lockFile(dir.resolve(LOCK_NAME));
            if (!held.isValid() || !isTaken(lock)) {
                lock.close();
                throw new IOException(dir + " cannot be locked");
            }
            return new Scratch(dir, lock);
        }
    }

    private static FileChannel lockFile(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        FileLock lock = channel.tryLock(); // held until the channel is closed
        return lock != null;
    }

    private static void removeLeftovers(Path below) throws IOException {
        for (Path other : list(below)) {
            String name = other.getFileName().toString();
            if (name.startsWith(PREFIX) && !name.startsWith(OURS)) {
                removeUnlessInUse(other);
            }
        }
    }

    private static void removeUnlessInUse(Path dir) throws IOException {
        try (FileChannel lock = lockFile(dir.resolve(LOCK_NAME))) {
            if (isTaken(lock)) {
                removeAll(dir);
            }
        } catch (NoSuchFileException ignored) { // its owner was quicker to remove it
        }
    }

    private static List<Path> list(Path dir) throws IOException {
        try (Stream<Path> entries = Files.list(dir)) {
            return entries.sorted(Comparator.reverseOrder()).toList();
        }
    }

    private static void removeAll(Path dir) throws IOException {
        empty(dir);
        Files.deleteIfExists(dir.resolve(LOCK_NAME));
        Files.deleteIfExists(dir);
    }

    /** Removes what was restored. */
    void empty() throws IOException {
        empty(dir);
    }

    private static void empty(Path dir) throws IOException {
        for (Path file : list(dir)) {
            if (!file.getFileName().toString().equals(LOCK_NAME)) {
                Files.deleteIfExists(file);
            }
        }
    }

    Path dir() {
        return dir;
    }

    @Override
    public void close() {
        try (lock) {
            removeAll(dir);
        } catch (IOException e) {
            throw new JournalException("cannot remove the scratch folder " + dir + ": " + e.getMessage(), e);
        }
    }
}
