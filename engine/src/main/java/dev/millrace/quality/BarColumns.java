package dev.millrace.quality;

import dev.millrace.tables.Column;
import dev.millrace.tables.ColumnType;
import dev.millrace.tables.Dataset;
import dev.millrace.tables.Row;
import dev.millrace.tables.Schema;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;

/** Bars as the tables answer them: all columns of the lake's but symbol and day, times as microseconds; behind them the end, ms. */
final class BarColumns {

    private static final Schema SCHEMA = Dataset.OHLCV.schema();
    private static final List<Column> COLUMNS =
            SCHEMA.columns().subList(Schema.DATE + 1, SCHEMA.columns().size());
    private static final int TIMEFRAME = SCHEMA.column("timeframe");
    private static final int SOURCE = SCHEMA.column("source");
    private static final int START = SCHEMA.column("timestamp");
    private static final int COMPLETE = SCHEMA.column("complete");
    private static final int KNOWN_AT = SCHEMA.column("known_at");
    private static final int TRADE_COUNT = SCHEMA.column("trade_count");
    private static final long MICROS_PER_MS = 1_000;

    private final Row row = new Row(SCHEMA);

    /** In SQL. */
    static String sql() {
        return COLUMNS.stream()
                .map(column -> column.type() == ColumnType.TIME ? "epoch_us(" + column.name() + ")" : column.name())
                .collect(Collectors.joining(", "));
    }

    /** The row of an answer; reused by the next call. */
    Row row(LocalDate date, List<Object> values) {
        row.clear();
        row.setLong(Schema.DATE, date.toEpochDay());
        for (int i = 0; i < COLUMNS.size(); i++) {
            if (values.get(i) != null) {
                set(Schema.DATE + 1 + i, COLUMNS.get(i).type(), values.get(i));
            }
        }
        return row;
    }

    private void set(int column, ColumnType type, Object value) {
        switch (type) {
            case DOUBLE -> row.setDouble(column, ((Number) value).doubleValue());
            case LONG, TIME, DATE -> row.setLong(column, ((Number) value).longValue());
            case FLAG -> row.setFlag(column, (Boolean) value);
            case TEXT -> row.setText(column, (String) value);
        }
    }

    static boolean isOwn(Row row) {
        return row.text(SOURCE).equals("own");
    }

    static boolean isExchange(Row row) {
        return row.text(SOURCE).equals("exchange");
    }

    static String timeframe(Row row) {
        return row.text(TIMEFRAME);
    }

    /** @param values the answer that the row was made of */
    static DayBar bar(Row row, List<Object> values) {
        BarValues prices = new BarValues(
                number(row, "open"),
                number(row, "high"),
                number(row, "low"),
                number(row, "close"),
                number(row, "volume"),
                row.isNull(TRADE_COUNT) ? 0 : row.longAt(TRADE_COUNT));
        return new DayBar(
                timeframe(row),
                row.longAt(START) / MICROS_PER_MS,
                ((Number) values.get(COLUMNS.size())).longValue(),
                prices,
                number(row, "vwap"),
                row.flag(COMPLETE),
                row.longAt(KNOWN_AT) * MICROS_PER_MS);
    }

    private static double number(Row row, String column) {
        int number = SCHEMA.column(column);
        return row.isNull(number) ? Double.NaN : row.doubleAt(number);
    }
}
