package dev.millrace.tools;

import dev.millrace.store.ResultColumn;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** A table for a person: as wide as the header and the first rows need, numbers to the right. */
final class TableText implements RowText {

    private static final int MEASURED_ROWS = 200;
    private static final int WIDEST = 60;

    private final PrintWriter out;
    private final List<List<String>> waiting = new ArrayList<>();
    private List<ResultColumn> columns = List.of();
    private int[] widths;
    private boolean[] right;
    private boolean begun;

    TableText(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void columns(List<ResultColumn> answer) {
        columns = answer;
        widths = columns.stream().mapToInt(column -> column.name().length()).toArray();
        right = new boolean[columns.size()];
    }

    @Override
    public void row(List<Object> values) {
        List<String> cells = new ArrayList<>(values.size());
        for (int i = 0; i < values.size(); i++) {
            right[i] |= values.get(i) instanceof Number;
            cells.add(shortened(RowText.plain(values.get(i))));
        }
        if (waiting.size() >= MEASURED_ROWS) {
            release();
        }
        waiting.add(cells);
        measure(cells);
    }

    private void measure(List<String> cells) {
        for (int i = 0; i < cells.size() && !begun; i++) {
            widths[i] = Math.max(widths[i], cells.get(i).length());
        }
    }

    private static String shortened(String text) {
        String line = text.replace('\n', ' ');
        return line.length() <= WIDEST ? line : line.substring(0, WIDEST - 1) + "…";
    }

    private void release() {
        if (!begun) {
            begun = true;
            print(columns.stream().map(ResultColumn::name).toList());
        }
        waiting.forEach(this::print);
        waiting.clear();
    }

    private void print(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            String space = " ".repeat(Math.max(0, widths[i] - cell.length()));
            line.append(i == 0 ? "" : "  ").append(right[i] ? space + cell : cell + space);
        }
        out.println(line.toString().stripTrailing());
    }

    @Override
    public void end() {
        release();
        out.flush();
    }
}
