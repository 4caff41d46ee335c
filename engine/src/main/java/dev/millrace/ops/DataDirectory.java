package dev.millrace.ops;

import dev.millrace.config.ConfigException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Collection;
import java.util.stream.Stream;

/**
 * The folder {@code data.dir}: belongs to one environment, and per role to one process. Files of its own:
 * {@code environment}, {@code <role>.lock} and {@code <role>.clean}.
 */
public final class DataDirectory {

    private static final String ENVIRONMENT = "environment";

    private final Path dir;
    private final Path keep;
    private final boolean fresh;

    private DataDirectory(Path dir, Path keep, boolean fresh) {
        this.dir = dir;
        this.keep = keep;
        this.fresh = fresh;
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
            Path keep = existing(dir.toAbsolutePath());
            Files.createDirectories(dir);
            boolean fresh = claim(dir, environment);
            return new DataDirectory(dir.toAbsolutePath(), keep, fresh);
        } catch (IOException e) {
            throw unusable(dir, e);
        }
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

    /**
     * Removes what opening and locking made, for a start that was refused before it recorded anything; what was there
     * before, or is of others, stays.
     *
     * @param held by the caller
     */
    public void withdraw(Collection<RoleLock> held) {
        try {
            if (fresh && holdsOnly(held)) {
                for (RoleLock role : held) {
                    role.delete();
                }
                Files.delete(dir.resolve(ENVIRONMENT));
                for (Path made = dir; !made.equals(keep); made = made.getParent()) {
                    Files.delete(made);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove what the start made in " + dir, e);
        }
    }

    private boolean holdsOnly(Collection<RoleLock> held) throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            return files.map(file -> file.getFileName().toString())
                    .allMatch(name -> name.equals(ENVIRONMENT) || held.stream().anyMatch(role -> role.isFile(name)));
        }
    }

    private static Path existing(Path dir) {
        Path there = dir;
        while (!Files.exists(there)) {
            there = there.getParent();
        }
        return there;
    }

    /** Gives whether the folder belonged to nobody before. */
    private static boolean claim(Path dir, String environment) throws IOException {
        Path file = dir.resolve(ENVIRONMENT);
        boolean unclaimed = !Files.exists(file);
        if (unclaimed) {
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
        return unclaimed;
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
