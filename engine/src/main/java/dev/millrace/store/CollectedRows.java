package dev.millrace.store;

import java.util.ArrayList;
import java.util.List;

/** Keeps the rows of a short answer. */
class CollectedRows implements ResultSink {

    private final List<List<Object>> rows = new ArrayList<>();

    @Override
    public void columns(List<ResultColumn> columns) {
        rows.clear();
    }

    @Override
    public void row(List<Object> values) {
        rows.add(values);
    }

    List<List<Object>> rows() {
        return rows;
    }
}
