package dev.millrace.benchmarks.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * A line of the daemon's log.
 *
 * @param atMs since 1970
 * @param alarm whether it is a warning or an error
 */
record LogLine(long atMs, boolean alarm, String text) {

    private static final String FORM = "\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z (INFO|WARN|ERROR) .*";

    /** All of a log; lines of a stack trace are left out. */
    static List<LogLine> read(Path log) throws IOException {
        return Files.readAllLines(log).stream()
                .filter(line -> line.matches(FORM))
                .map(LogLine::of)
                .toList();
    }

    private static LogLine of(String line) {
        String[] words = line.split(" +", 3);
        return new LogLine(Instant.parse(words[0]).toEpochMilli(), !words[1].equals("INFO"), words[2]);
    }
}
