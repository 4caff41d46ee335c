package dev.millrace;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * The recorded messages of the real exchange, which are not part of the repository. Their folder is the system property
 * {@code millrace.recordings}. A test that asks for one is skipped where the folder is absent, and fails instead when
 * {@code millrace.recordings.required} is true; {@link RecordingsReport} says at the end how many were skipped.
 */
public final class Recordings {

    /** How the reason of every skip begins; {@link RecordingsReport} counts by it. */
    static final String ABSENT = "no recordings at ";

    private Recordings() {}

    /** The folder of the recordings, holding {@code hyperliquid/ws} and others. */
    public static Path folder() {
        return folder(
                Path.of(System.getProperty("millrace.recordings", "../../shared/data")),
                Boolean.getBoolean("millrace.recordings.required"));
    }

    /** The folder, for a test that needs none: more of what it tests. */
    public static Optional<Path> folderIfPresent() {
        Path folder = Path.of(System.getProperty("millrace.recordings", "../../shared/data"));
        return Files.isDirectory(folder) ? Optional.of(folder) : Optional.empty();
    }

    /** A file of the recordings, such as {@code hyperliquid/ws/jkorf-hype-202512.jsonl}; it must exist if the folder does. */
    public static Path file(String relative) {
        Path file = folder().resolve(relative);
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("no such recording: " + file);
        }
        return file;
    }

    static Path folder(Path configured, boolean required) {
        Path folder = configured.toAbsolutePath().normalize();
        if (Files.isDirectory(folder)) {
            return folder;
        }
        String reason = ABSENT + folder + "; name their folder by -Dmillrace.recordings";
        if (required) {
            throw new AssertionError(reason + " (millrace.recordings.required is set)");
        }
        return Assumptions.abort(reason);
    }
}
