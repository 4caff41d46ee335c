package dev.millrace.store;

import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** The rows of an answer as {@link ResultSink} wants them. One thread. */
final class ResultRows {

    private final ResultSet rows;
    private final List<ResultColumn> columns = new ArrayList<>();

    ResultRows(ResultSet rows) throws SQLException {
        this.rows = rows;
        ResultSetMetaData about = rows.getMetaData();
        for (int i = 1; i <= about.getColumnCount(); i++) {
            columns.add(new ResultColumn(about.getColumnLabel(i), about.getColumnTypeName(i)));
        }
    }

    List<ResultColumn> columns() {
        return List.copyOf(columns);
    }

    boolean next() throws SQLException {
        return rows.next();
    }

    List<Object> values() throws SQLException {
        List<Object> values = new ArrayList<>(columns.size());
        for (int i = 1; i <= columns.size(); i++) {
            values.add(value(i));
        }
        return values;
    }

    private Object value(int column) throws SQLException {
        Object value = rows.getObject(column);
        if (value == null || value instanceof Boolean || value instanceof Long) {
            return value;
        }
        if (value instanceof OffsetDateTime zoned) {
            return zoned.toInstant().toString();
        }
        if (value instanceof Double || value instanceof Float) {
            return finite((Number) value);
        }
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (columns.get(column - 1).type().startsWith("TIMESTAMP")) {
            return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(rows.getObject(column, LocalDateTime.class));
        }
        return value instanceof BigInteger number ? number.toString() : rows.getString(column);
    }

    private static Object finite(Number value) {
        if (!Double.isFinite(value.doubleValue())) {
            return value.toString();
        }
        return value instanceof Double ? value : Double.valueOf(value.toString()); // a float's own digits
    }
}
