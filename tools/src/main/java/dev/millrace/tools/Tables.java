package dev.millrace.tools;

import dev.millrace.rebuild.RebuildListener;
import dev.millrace.store.BarsAsked;
import dev.millrace.store.CopyProgress;
import dev.millrace.store.Limits;
import dev.millrace.store.RebuildScope;
import dev.millrace.store.ResultSink;
import java.io.IOException;
import java.nio.file.Path;

/** The tables to read: a running daemon's, the files of a stopped one, or a lake alone. */
interface Tables extends AutoCloseable {

    /** Gives whether there were more rows than the limit. */
    boolean query(String sql, Limits limits, ResultSink sink) throws IOException;

    /** The newest bars, ascending. */
    void bars(BarsAsked asked, Limits limits, ResultSink sink) throws IOException;

    /** Copies them all; gives the journal's record that the copy reaches to. */
    long snapshot(Path file, CopyProgress progress) throws IOException;

    /** Makes days again. */
    void rebuild(RebuildScope scope, RebuildListener listener) throws IOException, InterruptedException;

    @Override
    void close();
}
