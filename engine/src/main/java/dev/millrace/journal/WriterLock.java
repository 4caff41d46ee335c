package dev.millrace.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** One writer per folder, over all processes; the system lets go of the lock when the process dies, however it dies. */
final class WriterLock implements AutoCloseable {

    private final FileChannel channel;

    private WriterLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Creates the folder when it is missing. */
    static WriterLock acquire(Path dir) {
        try {
            Files.createDirectories(dir);
            FileChannel channel = FileChannel.open(
                    dir.resolve(JournalFolder.LOCK_NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                channel.close();
                throw new JournalException("journal " + dir + " is being written by another process or writer");
            }
            return new WriterLock(channel);
        } catch (IOException e) {
            throw new JournalException("cannot write to the journal folder " + dir + ": " + e.getMessage(), e);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock(); // held until the channel is closed
            return lock != null;
        } catch (OverlappingFileLockException ignored) { // a writer of this same process holds it
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
