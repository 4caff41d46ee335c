package dev.millrace.quality;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** Asks the tables: a running daemon's, or the files of a stopped one. */
@FunctionalInterface
public interface Asking {

    /**
     * Runs one SELECT and gives each row, on the same thread.
     *
     * @param row takes values that are null, a {@link Boolean}, a {@link Number} or a text
     */
    void ask(String sql, Consumer<List<Object>> row) throws IOException;
}
