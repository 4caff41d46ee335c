package dev.millrace.ops;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.SYNC;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.millrace.config.StartReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** One role of a data directory, held by this process, and the memory of how the one before it ended. */
public final class RoleLock implements AutoCloseable {

    /**
     * The locks of this process. The kernel's locks belong to the process, and closing any channel of the file frees
     * them, so a second holder in here must be refused before it opens the file.
     */
    private static final ConcurrentMap<Path, String> HELD = new ConcurrentHashMap<>();

    /** What a file without a name any more tells those who opened it while it had one. */
    private static final String DELETED = "deleted";

    private final Path file;
    private final Path marker;
    private final FileChannel channel;
    private final StartReason startReason;

    private RoleLock(Path file, Path marker, FileChannel channel, StartReason startReason) {
        this.file = file;
        this.marker = marker;
        this.channel = channel;
        this.startReason = startReason;
    }

    static RoleLock take(Path dir, String role, Clock clock) throws IOException {
        Path file = dir.toRealPath().resolve(role + ".lock");
        String holder = "process " + ProcessHandle.current().pid() + ", running since "
                + clock.instant().truncatedTo(ChronoUnit.SECONDS);
        String own = HELD.putIfAbsent(file, holder);
        if (own != null) {
            throw new AlreadyRunningException(dir, role, own);
        }
        try {
            return acquire(dir, role, file, holder);
        } catch (IOException | RuntimeException e) {
            HELD.remove(file);
            throw e;
        }
    }

    private static RoleLock acquire(Path dir, String role, Path file, String holder) throws IOException {
        boolean first = !Files.exists(file);
        FileChannel channel = FileChannel.open(file, CREATE, READ, WRITE);
        try {
            if (channel.tryLock() == null) {
                throw new AlreadyRunningException(dir, role, read(channel));
            }
            if (read(channel).equals(DELETED)) {
                throw new AlreadyRunningException(dir, role, "a process that is just ending");
            }
            write(channel, holder);
            Path marker = file.resolveSibling(role + ".clean");
            boolean clean = Files.deleteIfExists(marker);
            DataDirectory.syncFolder(dir);
            StartReason reason = clean ? StartReason.CLEAN : first ? StartReason.FIRST : StartReason.UNCLEAN;
            return new RoleLock(file, marker, channel, reason);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static void write(FileChannel channel, String line) throws IOException {
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)), 0);
    }

    /** The holder writes its line just after it took the lock; before that there is only its lock. */
    private static String read(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(256);
        channel.read(bytes, 0);
        String holder = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        return holder.isBlank() ? "a process that is just starting" : holder.trim();
    }

    /** How the holder before this one ended. */
    public StartReason startReason() {
        return startReason;
    }

    /** Records that everything was flushed and synced: the next start will be {@link StartReason#CLEAN}. */
    public void markClean() {
        try {
            Files.write(marker, new byte[0], CREATE, WRITE, SYNC);
            DataDirectory.syncFolder(marker.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + marker + "; the next start will count as unclean", e);
        }
    }

    /** Whether this is the name of the lock's own file. */
    boolean isFile(String name) {
        return file.getFileName().toString().equals(name);
    }

    /** Deletes the file, still held; whoever has it open finds it gone once it gets the lock. */
    void delete() throws IOException {
        Files.delete(file);
        write(channel, DELETED);
    }

    /** Frees the role. The file stays: only a start that was refused takes the one that it made with it. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot free " + file, e);
        } finally {
            HELD.remove(file);
        }
    }
}
