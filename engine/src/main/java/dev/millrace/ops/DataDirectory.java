package dev.millrace.ops;

import dev.millrace.config.ConfigException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;

/**
 * The folder {@code data.dir}: belongs to one environment, and per role to one process. Files of its own:
 * {@code environment}, {@code <role>.lock} and {@code <role>.clean}.
 */
public final class DataDirectory {

    private final Path dir;

    private DataDirectory(Path dir) {
        this.dir = dir;
    }

    /**
     * Creates the folder where it is missing and checks that it is of this environment.
     *
     * @throws ConfigException when it cannot be used, or holds the data of the other environment
     */
    public static DataDirectory open(Path dir, String environment) {
        if (Files.exists(dir) && !Files.isDirectory(dir)) {
            throw ConfigException.badValue("data.dir", dir, "is a file; name a folder");
        }
        try {
            Files.createDirectories(dir);
            claim(dir, environment);
        } catch (IOException e) {
            throw unusable(dir, e);
        }
        return new DataDirectory(dir);
    }

    /**
     * Takes the lock of a role; it is freed by closing, or by the end of the process whatever ends it.
     *
     * @throws AlreadyRunningException with the process that holds it
     */
    public RoleLock lock(String role, Clock clock) {
        try {
            return RoleLock.take(dir, role, clock);
        } catch (IOException e) {
            throw unusable(dir, e);
        }
    }

    private static void claim(Path dir, String environment) throws IOException {
        Path file = dir.resolve("environment");
        if (!Files.exists(file)) {
            Path fresh = Files.writeString(
                    dir.resolve("environment.tmp"),
                    environment + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.SYNC);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            syncFolder(dir);
        }
        String owner = Files.readString(file).trim();
        if (!owner.equals(environment)) {
            throw ConfigException.badValue(
                    "data.dir",
                    dir,
                    "holds data of " + owner + ", but hyperliquid.environment is " + environment
                            + "; name another folder for " + environment);
        }
    }

    /** Makes creations and deletions in the folder survive a power loss. */
    static void syncFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static ConfigException unusable(Path dir, IOException e) {
        String reason = e instanceof FileAlreadyExistsException ? "a file is in its way" : e.toString();
        return ConfigException.badValue("data.dir", dir, "cannot be written (" + reason + "); name a writable folder");
    }
}
