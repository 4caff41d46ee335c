package dev.millrace.lake;

import dev.millrace.tables.Row;
import dev.millrace.tables.RowCursor;
import dev.millrace.tables.Schema;

/**
 * The rows of two cursors by ascending key. Of two rows with one key the one with the greater {@link Schema#latest} value is
 * given, at equality the newer cursor's; so merging the same rows again changes nothing.
 */
final class MergedRows implements RowCursor {

    private final Schema schema;
    private final RowCursor older;
    private final RowCursor newer;
    private boolean olderHas;
    private boolean newerHas;
    private boolean started;
    private boolean fromOlder;
    private boolean fromNewer;

    MergedRows(Schema schema, RowCursor older, RowCursor newer) {
        this.schema = schema;
        this.older = older;
        this.newer = newer;
    }

    @Override
    public boolean next() {
        if (!started || fromOlder) {
            olderHas = older.next();
        }
        if (!started || fromNewer) {
            newerHas = newer.next();
        }
        started = true;
        int order = olderHas && newerHas ? schema.compareKeys(older.row(), newer.row()) : 0;
        fromOlder = olderHas && order <= 0;
        fromNewer = newerHas && order >= 0;
        return fromOlder || fromNewer;
    }

    @Override
    public Row row() {
        if (fromOlder && fromNewer) {
            return olderWins() ? older.row() : newer.row();
        }
        return fromOlder ? older.row() : newer.row();
    }

    private boolean olderWins() {
        int latest = schema.latest();
        return latest >= 0 && older.row().longAt(latest) > newer.row().longAt(latest);
    }

    @Override
    public void close() {
        try (older) {
            newer.close();
        }
    }
}
