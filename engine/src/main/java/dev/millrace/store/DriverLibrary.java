package dev.millrace.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * DuckDB's driver unpacks its library, 60 MB, into the temporary folder and removes it when the process ends in order. One that
 * is killed would leave it there, each time another. What is mapped needs no name on Linux, so the name goes at once; elsewhere
 * nothing is done.
 */
final class DriverLibrary {

    private static final Logger LOG = LoggerFactory.getLogger(DriverLibrary.class);
    private static final Path MAPS = Path.of("/proc/self/maps");
    private static final Pattern UNPACKED = Pattern.compile(".*/libduckdb_java[0-9]+\\.so");

    private DriverLibrary() {}

    /** Once the driver is loaded; any number of times. */
    static void unlink() {
        if (!Files.exists(MAPS)) {
            return;
        }
        try {
            for (Path file : unpacked()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn(
                    "DuckDB's library stays in the temporary folder until this process ends in order: {}",
                    e.toString());
        }
    }

    /** Not one that somebody installed: the name of an unpacked one ends with a number. */
    private static List<Path> unpacked() throws IOException {
        try (Stream<String> lines = Files.lines(MAPS, StandardCharsets.ISO_8859_1)) {
            return lines.map(line -> line.substring(line.indexOf('/') < 0 ? line.length() : line.indexOf('/')))
                    .filter(path -> UNPACKED.matcher(path).matches())
                    .distinct()
                    .map(Path::of)
                    .toList();
        }
    }
}
