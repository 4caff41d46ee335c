package dev.millrace.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the measurements read and write; run from the checkout's top folder unless told otherwise by properties. */
public final class Results {

    private static final String SCRATCH = "millrace.benchmarks.scratch";
    private static final String FOLDER = "millrace.benchmarks.results";

    private Results() {}

    /** A folder on a real disk for journals and workloads: {@code -Dmillrace.benchmarks.scratch}. */
    public static Path scratch() throws IOException {
        return Files.createDirectories(Path.of(System.getProperty(SCRATCH, "benchmarks/target/scratch")));
    }

    /** A page of results, in {@code -Dmillrace.benchmarks.results}. */
    public static Path page(String name) throws IOException {
        return Files.createDirectories(Path.of(System.getProperty(FOLDER, "benchmarks/results")))
                .resolve(name);
    }
}
