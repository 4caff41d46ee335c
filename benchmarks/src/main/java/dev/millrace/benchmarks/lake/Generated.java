package dev.millrace.benchmarks.lake;

import dev.millrace.tables.Row;
import dev.millrace.tables.RowCursor;
import dev.millrace.tables.Schema;

/** Rows that are made as they are asked for, in one that is used again. One thread. */
final class Generated implements RowCursor {

    private final Row row;
    private final int count;
    private final Filler filler;
    private int made;

    /** Sets the values of a row, of which nothing is set. */
    @FunctionalInterface
    interface Filler {
        void fill(Row row, int number);
    }

    Generated(Schema schema, int count, Filler filler) {
        row = new Row(schema);
        this.count = count;
        this.filler = filler;
    }

    @Override
    public boolean next() {
        if (made == count) {
            return false;
        }
        row.clear();
        filler.fill(row, made++);
        return true;
    }

    @Override
    public Row row() {
        return row;
    }

    @Override
    public void close() {
        // holds nothing
    }
}
