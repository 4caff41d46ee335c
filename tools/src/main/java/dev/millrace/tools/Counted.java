package dev.millrace.tools;

import dev.millrace.store.ResultColumn;
import dev.millrace.store.ResultSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Counts the rows that pass. */
final class Counted {

    private final List<String> leftOut = new ArrayList<>();
    private long rows;

    long rows() {
        return rows;
    }

    /** What is not among the rows, and why. */
    List<String> leftOut() {
        return List.copyOf(leftOut);
    }

    ResultSink into(ResultSink sink) {
        return new ResultSink() {
            @Override
            public void columns(List<ResultColumn> columns) throws IOException {
                sink.columns(columns);
            }

            @Override
            public void row(List<Object> values) throws IOException {
                rows++;
                sink.row(values);
            }

            @Override
            public void leftOut(String why) {
                leftOut.add(why);
            }
        };
    }
}
