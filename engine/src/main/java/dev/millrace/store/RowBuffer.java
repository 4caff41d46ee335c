package dev.millrace.store;

import dev.millrace.tables.Column;
import dev.millrace.tables.ColumnType;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.duckdb.DuckDBAppender;

/** Rows of one table on their way to it, by column. A row is filled from left to right. One thread at a time. */
final class RowBuffer {

    private static final int FIRST_CAPACITY = 256;
    private static final long MICROS_PER_MS = 1_000;

    private final List<Column> columns;
    /** By column: whole numbers and times as they are, numbers by their bits, flags as 0 and 1; null for texts. */
    private final long[][] values;

    private final String[][] texts;
    private final BitSet[] nulls;
    private int rows;
    private int column;

    RowBuffer(Table table) {
        columns = table.columns();
        values = new long[columns.size()][];
        texts = new String[columns.size()][];
        nulls = new BitSet[columns.size()];
        for (int i = 0; i < columns.size(); i++) {
            nulls[i] = new BitSet();
            if (columns.get(i).type() == ColumnType.TEXT) {
                texts[i] = new String[FIRST_CAPACITY];
            } else {
                values[i] = new long[FIRST_CAPACITY];
            }
        }
    }

    int rows() {
        return rows;
    }

    /** About what the rows take in memory. */
    long bytes() {
        return (long) rows * columns.size() * Long.BYTES;
    }

    RowBuffer text(String value) {
        int at = next(ColumnType.TEXT);
        if (rows >= texts[at].length) {
            texts[at] = Arrays.copyOf(texts[at], rows * 2);
        }
        texts[at][rows] = value;
        return this;
    }

    /** @param ms since 1970 */
    RowBuffer time(long ms) {
        return put(next(ColumnType.TIME), ms * MICROS_PER_MS);
    }

    /** A time of receipt, cut to microseconds. */
    RowBuffer timeOfNs(long ns) {
        return put(next(ColumnType.TIME), Math.floorDiv(ns, MICROS_PER_MS));
    }

    /** @param micros since 1970 */
    RowBuffer timeOfMicros(long micros) {
        return put(next(ColumnType.TIME), micros);
    }

    RowBuffer number(double value) {
        return put(next(ColumnType.DOUBLE), Double.doubleToRawLongBits(value));
    }

    RowBuffer whole(long value) {
        return put(next(ColumnType.LONG), value);
    }

    RowBuffer flag(boolean value) {
        return put(next(ColumnType.FLAG), value ? 1 : 0);
    }

    /** Nothing in the next column, of whatever type. */
    RowBuffer none() {
        int at = column++;
        nulls[at].set(rows);
        return texts[at] == null ? put(at, 0) : this;
    }

    /** The row is whole. */
    void end() {
        if (column != columns.size()) {
            throw new IllegalStateException("a row of " + column + " columns, not " + columns.size());
        }
        column = 0;
        rows++;
    }

    private int next(ColumnType type) {
        Column expected = columns.get(column);
        if (expected.type() != type) {
            throw new IllegalStateException(expected.name() + " takes " + expected.type() + ", not " + type);
        }
        return column++;
    }

    private RowBuffer put(int at, long value) {
        if (rows == values[at].length) {
            values[at] = Arrays.copyOf(values[at], rows * 2);
        }
        values[at][rows] = value;
        return this;
    }

    /** As {@link ResultSink} wants it. */
    Object value(int at, int row) {
        if (nulls[at].get(row)) {
            return null;
        }
        return switch (columns.get(at).type()) {
            case TEXT -> texts[at][row];
            case TIME -> Instant.EPOCH.plus(values[at][row], ChronoUnit.MICROS).toString();
            case DOUBLE -> Double.longBitsToDouble(values[at][row]);
            case LONG -> values[at][row];
            case FLAG -> values[at][row] != 0;
            case DATE -> throw new IllegalStateException("no table has a column of days");
        };
    }

    void appendTo(DuckDBAppender appender) throws SQLException {
        for (int row = 0; row < rows; row++) {
            appender.beginRow();
            for (int i = 0; i < values.length; i++) {
                append(appender, i, row);
            }
            appender.endRow();
        }
    }

    private void append(DuckDBAppender appender, int at, int row) throws SQLException {
        if (nulls[at].get(row)) {
            appender.appendNull();
            return;
        }
        switch (columns.get(at).type()) {
            case TEXT -> appender.append(texts[at][row]);
            case TIME -> appender.appendEpochMicros(values[at][row]);
            case DOUBLE -> appender.append(Double.longBitsToDouble(values[at][row]));
            case LONG -> appender.append(values[at][row]);
            case FLAG -> appender.append(values[at][row] != 0);
            case DATE -> throw new IllegalStateException("no table has a column of days");
        }
    }

    void clear() {
        for (int i = 0; i < texts.length; i++) {
            nulls[i].clear();
        }
        rows = 0;
        column = 0;
    }
}
