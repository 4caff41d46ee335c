package dev.millrace.tools;

import dev.millrace.store.ResultColumn;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;

/** Comma-separated values after RFC 4180, with a header, lines ended by a line feed; null is empty, an empty text is quoted. */
final class CsvText implements RowText {

    private final PrintWriter out;

    CsvText(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void columns(List<ResultColumn> columns) {
        print(columns.stream().map(column -> quoted(column.name())).collect(Collectors.joining(",")));
    }

    @Override
    public void row(List<Object> values) {
        print(values.stream().map(CsvText::cell).collect(Collectors.joining(",")));
    }

    private void print(String line) {
        out.print(line);
        out.print('\n');
    }

    private static String cell(Object value) {
        return value instanceof String text ? quoted(text) : RowText.plain(value);
    }

    private static String quoted(String text) {
        boolean plain = !text.isEmpty() && text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    @Override
    public void end() {
        out.flush();
    }
}
