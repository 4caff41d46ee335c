package dev.millrace.store;

import java.io.IOException;
import java.util.List;

/** Passes an answer on, which can be asked for once more until it has rows: the sink is told the columns once. */
final class Begun implements ResultSink {

    private final ResultSink sink;
    private boolean hasColumns;
    private boolean hasRows;

    Begun(ResultSink sink) {
        this.sink = sink;
    }

    boolean hasRows() {
        return hasRows;
    }

    @Override
    public void columns(List<ResultColumn> columns) throws IOException {
        if (!hasColumns) {
            hasColumns = true;
            sink.columns(columns);
        }
    }

    @Override
    public void row(List<Object> values) throws IOException {
        hasRows = true;
        sink.row(values);
    }
}
