package dev.millrace.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder for one measurement, on a real disk; removed at the end.
 *
 * @param folder empty
 */
public record Scratch(Path folder) implements AutoCloseable {

    /** Makes one in {@link Results#scratch}. */
    public static Scratch make(String name) throws IOException {
        return new Scratch(Files.createTempDirectory(Results.scratch(), name + "-"));
    }

    /** Everything in it goes, it stays. */
    public void clear() throws IOException {
        for (Path path : all()) {
            if (!path.equals(folder)) {
                Files.delete(path);
            }
        }
    }

    private List<Path> all() throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.sorted(Comparator.reverseOrder()).toList();
        }
    }

    @Override
    public void close() throws IOException {
        clear();
        Files.delete(folder);
    }
}
