package dev.millrace.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A page of results as it grows: each line is printed at once and kept for the file. One thread. */
public final class Markdown {

    private final StringBuilder text = new StringBuilder();

    /** A heading with its empty lines. */
    public void heading(String heading) {
        line("");
        line("%s", heading);
        line("");
    }

    /** A line of text, formatted without the machine's locale. */
    public void line(String format, Object... values) {
        append(String.format(Locale.ROOT, format, values));
    }

    /** Begins a table, after an empty line. */
    public void table(List<String> columns) {
        if (text.length() > 1 && text.charAt(text.length() - 2) != '\n') {
            append("");
        }
        row(String.join(" | ", columns));
        append(columns.stream().map(column -> "---").collect(Collectors.joining("|", "|", "|")));
    }

    /** A row of a table, its cells already joined by {@code " | "}. */
    public void row(String cells) {
        append("| " + cells + " |");
    }

    /** Writes the page. */
    public void save(Path file) throws IOException {
        Files.writeString(file, text);
        System.out.println();
        System.out.println("written to " + file);
    }

    private void append(String line) {
        System.out.println(line);
        text.append(line).append('\n');
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
