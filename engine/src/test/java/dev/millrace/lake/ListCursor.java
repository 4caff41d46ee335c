package dev.millrace.lake;

import dev.millrace.tables.Row;
import dev.millrace.tables.RowCursor;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Rows of a list, and a list of rows. */
final class ListCursor implements RowCursor {

    private final Iterator<Row> rows;
    private Row row;
    private boolean closed;

    ListCursor(List<Row> rows) {
        this.rows = rows.iterator();
    }

    static List<String> texts(RowCursor cursor) {
        List<String> texts = new ArrayList<>();
        try (cursor) {
            while (cursor.next()) {
                texts.add(cursor.row().toString());
            }
        }
        return texts;
    }

    static List<String> texts(List<Row> rows) {
        return rows.stream().map(Row::toString).toList();
    }

    @Override
    public boolean next() {
        boolean has = rows.hasNext();
        if (has) {
            row = rows.next();
        }
        return has;
    }

    @Override
    public Row row() {
        return row;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
