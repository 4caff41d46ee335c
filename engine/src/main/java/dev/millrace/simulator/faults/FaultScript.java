package dev.millrace.simulator.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Faults over time, one a line: {@code 5s cut:how=rst}. Empty lines and what follows a {@code #} are skipped. */
public final class FaultScript {

    private FaultScript() {}

    /**
     * Reads a script.
     *
     * @throws IllegalArgumentException with the file and the line that is wrong
     */
    public static List<Fault> read(Path file) throws IOException {
        List<Fault> faults = new ArrayList<>();
        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).replaceFirst("#.*", "").strip();
            if (!line.isEmpty()) {
                faults.add(fault(line, file + " line " + (i + 1)));
            }
        }
        return List.copyOf(faults);
    }

    private static Fault fault(String line, String where) {
        String[] words = line.split("\\s+", -1);
        if (words.length != 2 || !Span.isSpan(words[0]) || words[1].contains("@")) {
            throw new IllegalArgumentException(
                    where + ": '" + line + "'; write the time after the start and the fault, such as 5s cut:how=rst");
        }
        try {
            return Fault.parse(words[1]).at(Span.parse(words[0]));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
        }
    }
}
