package dev.millrace.tools;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that appears whole or not at all: written beside its place under a name ending in {@code .tmp}, which is gone
 * after a failure or a signal.
 */
final class WholeFile implements AutoCloseable {

    private static final int BUFFER_BYTES = 1 << 20;

    private final Path file;
    private final Path unfinished;
    private final Thread onSignal;
    private final OutputStream out;

    private WholeFile(Path file, Path unfinished) throws IOException {
        this.file = file;
        this.unfinished = unfinished;
        out = new BufferedOutputStream(Files.newOutputStream(unfinished), BUFFER_BYTES);
        // By java.io: a hook has nobody to tell of a failure.
        onSignal = new Thread(() -> unfinished.toFile().delete(), "remove-unfinished");
        Runtime.getRuntime().addShutdownHook(onSignal);
    }

    /** @throws IOException when no file can be written there; nothing is left behind */
    static WholeFile create(Path path) throws IOException {
        Path file = path.toAbsolutePath();
        if (Files.isDirectory(file)) {
            throw new IOException(path + " is a folder; name a file");
        }
        Path folder = file.getParent();
        if (!Files.exists(folder)) {
            throw new IOException("cannot write " + path + ": there is no folder " + folder);
        }
        if (!Files.isDirectory(folder)) {
            throw new NotDirectoryException(folder.toString());
        }
        return new WholeFile(file, file.resolveSibling(file.getFileName() + ".tmp"));
    }

    /** Where to write for those who open it themselves. */
    Path path() {
        return unfinished;
    }

    OutputStream out() {
        return out;
    }

    /** Everything is written: puts the file in its place. */
    void finish() throws IOException {
        out.close();
        Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Without {@link #finish} before, nothing remains. */
    @Override
    public void close() throws IOException {
        out.close();
        Files.deleteIfExists(unfinished);
        try {
            Runtime.getRuntime().removeShutdownHook(onSignal);
        } catch (IllegalStateException ignored) {
            // The JVM is ending and the hook runs, or has run.
        }
    }
}
