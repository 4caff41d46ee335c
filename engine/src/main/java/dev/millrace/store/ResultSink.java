package dev.millrace.store;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * Takes the rows of an answer as they come, on the thread that asked.
 *
 * <p>A value is null, a {@link Boolean}, a {@link Long}, a finite {@link Double}, or the text of anything else as SQL reads it
 * back; times are ISO, those with a zone in UTC.
 */
public interface ResultSink {

    /** First, once. */
    void columns(List<ResultColumn> columns) throws IOException;

    /**
     * Takes a row.
     *
     * @param values one for each column; the sink may keep it
     */
    void row(List<Object> values) throws IOException;

    /** Something of the answer is not among the rows; says what and why. */
    default void leftOut(String why) throws IOException {}

    /** Hands on the rows alone. */
    static ResultSink of(Consumer<List<Object>> row) {
        return new ResultSink() {
            @Override
            public void columns(List<ResultColumn> columns) {
                // As asked.
            }

            @Override
            public void row(List<Object> values) {
                row.accept(values);
            }
        };
    }
}
