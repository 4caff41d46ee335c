package dev.millrace.store;

import java.io.IOException;
import java.util.List;

/** Tells the columns with the first row: without any, there is room for words instead. */
final class FromFirstRow implements ResultSink {

    private final ResultSink sink;
    private List<ResultColumn> columns = List.of();
    private boolean begun;

    FromFirstRow(ResultSink sink) {
        this.sink = sink;
    }

    boolean hasBegun() {
        return begun;
    }

    @Override
    public void columns(List<ResultColumn> told) {
        columns = told;
    }

    @Override
    public void row(List<Object> values) throws IOException {
        if (!begun) {
            begun = true;
            sink.columns(columns);
        }
        sink.row(values);
    }
}
