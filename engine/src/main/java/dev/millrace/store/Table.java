package dev.millrace.store;

import static dev.millrace.tables.ColumnType.DOUBLE;
import static dev.millrace.tables.ColumnType.FLAG;
import static dev.millrace.tables.ColumnType.LONG;
import static dev.millrace.tables.ColumnType.TEXT;
import static dev.millrace.tables.ColumnType.TIME;

import dev.millrace.tables.Column;
import dev.millrace.tables.ColumnType;
import dev.millrace.tables.Dataset;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The tables that rows are collected for. Those of a dataset have its columns, in its order, but for {@code date}, which
 * only the lake needs.
 */
enum Table {
    TICK_DATA(Dataset.TICK_DATA),
    BOOK_TOPS(Dataset.BOOK_TOPS),
    ASSET_CONTEXT(Dataset.ASSET_CONTEXT),
    /** Empty unless {@code store.full-books} says otherwise. */
    BOOKS(Dataset.BOOKS),
    FEED_GAPS(Dataset.FEED_GAPS),
    /** The newest revision of each bar of a minute or more. */
    OHLCV_BARS(Dataset.OHLCV),
    /** Every revision of every bar of a second. */
    OHLCV_1S(Dataset.OHLCV),
    MIDS(
            column("symbol", TEXT),
            column("timestamp", TIME),
            column("mid", DOUBLE),
            column("received_ns", LONG),
            column("journal_seq", LONG)),
    /** What differs from what was told of a day before. */
    FEAR_GREED(
            column("timestamp", TIME),
            column("value", LONG),
            column("classification", TEXT),
            column("usable_from", TIME),
            column("received_ns", LONG),
            column("journal_seq", LONG)),
    FUNDING(Dataset.FUNDING),
    /** Stretches of history that a reply brought: what need not be asked for again. */
    COLLECTED(
            column("symbol", TEXT),
            column("kind", TEXT),
            column("from_time", TIME),
            column("to_time", TIME),
            column("rows", LONG),
            column("received_ns", LONG),
            column("journal_seq", LONG)),
    INSTRUMENTS(
            column("symbol", TEXT),
            column("known_at", TIME),
            column("size_decimals", LONG),
            column("spot", FLAG),
            column("delisted", FLAG),
            column("received_ns", LONG),
            column("journal_seq", LONG),
            column("venue_index", LONG),
            column("max_leverage", LONG),
            column("isolated_only", FLAG),
            column("renamed_from", TEXT)),
    /** A row for each coin of each decision. */
    UNIVERSE(
            column("decided_at", TIME),
            column("symbol", TEXT),
            column("member", FLAG),
            column("rank", LONG),
            column("composite", DOUBLE),
            column("liquidity", DOUBLE),
            column("volatility", DOUBLE),
            column("volume_usd", DOUBLE),
            column("open_interest_usd", DOUBLE),
            column("spread_bp", DOUBLE),
            column("depth_usd", DOUBLE),
            column("depth_at_least", FLAG),
            column("deviation", DOUBLE),
            column("max_leverage", LONG),
            column("candles", LONG),
            column("samples", LONG),
            column("entering", LONG),
            column("leaving", LONG),
            column("failing", LONG),
            column("reason", TEXT),
            column("note", TEXT),
            column("received_ns", LONG),
            column("journal_seq", LONG));

    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private final List<Column> columns;

    Table(Dataset dataset) {
        columns = dataset.schema().columns().stream()
                .filter(column -> !column.name().equals("date"))
                .toList();
    }

    Table(Column... columns) {
        this.columns = List.of(columns);
    }

    private static Column column(String name, ColumnType type) {
        return new Column(name, type, true, 1);
    }

    /** As SQL spells it. */
    String sqlName() {
        return name().toLowerCase(Locale.ROOT);
    }

    List<Column> columns() {
        return columns;
    }

    /** Comma-separated, for a statement. */
    String columnNames() {
        return columns.stream().map(Column::name).collect(Collectors.joining(", "));
    }
}
