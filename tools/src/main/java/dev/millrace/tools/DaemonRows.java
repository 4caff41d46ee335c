package dev.millrace.tools;

import dev.millrace.store.ResultColumn;
import dev.millrace.store.ResultSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Rows out of a daemon's reply: JSON tells whole numbers from others, but not which a column holds. */
final class DaemonRows implements Consumer<Map<String, Object>> {

    private final ResultSink sink;
    private final List<Boolean> floating = new ArrayList<>();
    private boolean more;

    DaemonRows(ResultSink sink) {
        this.sink = sink;
    }

    /** Whether there were rows beyond the limit. */
    boolean more() {
        return more;
    }

    @Override
    public void accept(Map<String, Object> line) {
        try {
            if (line.get("columns") instanceof List<?> columns) {
                columns(columns);
            } else if (line.get("values") instanceof List<?> values) {
                int width = floating.size();
                for (int i = 0; i < values.size(); i += width) {
                    sink.row(row(values.subList(i, i + width)));
                }
            } else if (line.get("left_out") instanceof String why) {
                sink.leftOut(why);
            } else {
                more = Boolean.TRUE.equals(line.get("more"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void columns(List<?> told) throws IOException {
        List<ResultColumn> columns = new ArrayList<>();
        for (Object one : told) {
            Map<?, ?> column = (Map<?, ?>) one;
            columns.add(new ResultColumn("" + column.get("name"), "" + column.get("type")));
            floating.add(
                    column.get("type").equals("DOUBLE") || column.get("type").equals("FLOAT"));
        }
        sink.columns(columns);
    }

    private List<Object> row(List<?> row) {
        List<Object> values = new ArrayList<>(row.size());
        for (int i = 0; i < row.size(); i++) {
            Object value = row.get(i);
            if (value instanceof Number number) {
                value = floating.get(i) ? (Object) number.doubleValue() : (Object) number.longValue();
            }
            values.add(value);
        }
        return values;
    }
}
