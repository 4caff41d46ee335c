package dev.millrace.store;

import static dev.millrace.store.Column.flag;
import static dev.millrace.store.Column.number;
import static dev.millrace.store.Column.text;
import static dev.millrace.store.Column.time;
import static dev.millrace.store.Column.whole;

import dev.millrace.market.AssetContext;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables that rows are collected for, with the columns in the order in which a row is filled. */
enum Table {
    TICK_DATA(
            text("symbol"),
            time("timestamp"),
            whole("trade_id"),
            text("side"),
            number("price"),
            number("volume"),
            whole("received_ns"),
            whole("journal_seq")),
    BOOK_TOPS(
            text("symbol"),
            time("timestamp"),
            text("view"),
            number("bid"),
            number("bid_size"),
            number("ask"),
            number("ask_size"),
            whole("received_ns"),
            whole("journal_seq")),
    MIDS(text("symbol"), time("timestamp"), number("mid"), whole("received_ns"), whole("journal_seq")),
    ASSET_CONTEXT(contextColumns()),
    OHLCV_BARS(barColumns()),
    OHLCV_1S(barColumns()),
    FEED_GAPS(
            text("symbol"),
            text("stream"),
            time("from_time"),
            time("to_time"),
            text("cause"),
            text("evidence"),
            flag("repaired"),
            whole("received_ns")),
    INSTRUMENTS(
            text("symbol"),
            time("known_at"),
            whole("size_decimals"),
            flag("spot"),
            flag("delisted"),
            whole("received_ns"),
            whole("journal_seq"));

    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private final List<Column> columns;

    Table(Column... columns) {
        this.columns = List.of(columns);
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

    private static Column[] barColumns() {
        return new Column[] {
            text("symbol"),
            text("timeframe"),
            text("basis"),
            text("source"),
            time("timestamp"),
            number("open"),
            number("high"),
            number("low"),
            number("close"),
            number("volume"),
            number("quote_volume"),
            number("vwap"),
            number("buy_volume"),
            whole("trade_count"),
            whole("samples"),
            time("first_time"),
            time("last_time"),
            flag("complete"),
            flag("repaired"),
            whole("revision"),
            time("known_at"),
            whole("journal_seq")
        };
    }

    /** One number for each field of a context, named like it. */
    private static Column[] contextColumns() {
        Stream<Column> fields = Stream.of(AssetContext.Field.values())
                .map(field -> number(field.name().toLowerCase(Locale.ROOT)));
        return Stream.of(
                        Stream.of(text("symbol"), time("timestamp")),
                        fields,
                        Stream.of(whole("received_ns"), whole("journal_seq")))
                .flatMap(columns -> columns)
                .toArray(Column[]::new);
    }
}
