package dev.millrace.tables;

import static dev.millrace.tables.ColumnType.DOUBLE;
import static dev.millrace.tables.ColumnType.FLAG;
import static dev.millrace.tables.ColumnType.LONG;
import static dev.millrace.tables.ColumnType.TEXT;
import static dev.millrace.tables.ColumnType.TIME;

import java.util.Arrays;
import java.util.Optional;

/**
 * What the lake holds, by (dataset, symbol, UTC day). Exchange times unless a column says otherwise; prices and sizes are the
 * doubles nearest the exact decimals.
 */
public enum Dataset {

    /** Bars of all timeframes from a minute up, of all bases and sources; the newest revision of each. Those that
     * were made from our own trades name the journal's record that made them. */
    OHLCV(Schema.of("ohlcv")
            .required("timeframe", TEXT)
            .required("basis", TEXT)
            .required("source", TEXT)
            .required("timestamp", TIME)
            .optional(DOUBLE, "open", "high", "low", "close", "volume", "quote_volume", "vwap", "buy_volume")
            .optional(LONG, "trade_count", "samples")
            .optional(TIME, "first_time", "last_time")
            .required("complete", FLAG)
            .required("repaired", FLAG)
            .required("revision", LONG)
            .required("known_at", TIME)
            .optional(LONG, "journal_seq")
            .latest("revision")
            .key("timeframe", "basis", "source", "timestamp")),

    /** Every accepted trade; {@code side} is the aggressor's, {@code buy} or {@code sell}. */
    TICK_DATA(Schema.of("tick_data")
            .required("timestamp", TIME)
            .required("trade_id", LONG)
            .required("side", TEXT)
            .required("price", DOUBLE)
            .required("volume", DOUBLE)
            .required("received_ns", LONG)
            .required("journal_seq", LONG)
            .key("timestamp", "trade_id")),

    /** The best of each side, a row per frame in which it changed, per view of the book. An empty side is null. */
    BOOK_TOPS(Schema.of("book_tops")
            .required("timestamp", TIME)
            .required("view", TEXT)
            .optional(DOUBLE, "bid_price", "bid_size", "ask_price", "ask_size")
            .required("received_ns", LONG)
            .required("journal_seq", LONG)
            .key("timestamp", "view", "journal_seq", "received_ns")),

    /** Funding, open interest and reference prices; the venue gives no time, {@code timestamp} is the receive time. */
    ASSET_CONTEXT(Schema.of("asset_context")
            .required("timestamp", TIME)
            .optional(DOUBLE, "funding", "open_interest", "prev_day_price", "day_notional_volume", "premium")
            .optional(DOUBLE, "oracle_price", "mark_price", "mid_price", "impact_bid", "impact_ask")
            .optional(DOUBLE, "day_base_volume", "circulating_supply")
            .required("received_ns", LONG)
            .required("journal_seq", LONG)
            .key("timestamp", "journal_seq")),

    /** Stretches {@code [from_time, to_time)} in which a stream may have lost messages, by the day they begin. */
    FEED_GAPS(Schema.of("feed_gaps")
            .required("from_time", TIME)
            .required("to_time", TIME)
            .required("stream", TEXT)
            .required("cause", TEXT)
            .required("evidence", TEXT)
            .required("repaired", FLAG)
            .required("journal_seq", LONG)
            .time("from_time")
            .latest("journal_seq")
            .key("from_time", "to_time", "stream", "cause")),

    /** What perpetuals' longs paid their shorts, a fraction for the hour; {@code timestamp} is a moment after the hour. */
    FUNDING(Schema.of("funding")
            .required("timestamp", TIME)
            .required("rate", DOUBLE)
            .optional(DOUBLE, "premium")
            .required("received_ns", LONG)
            .required("journal_seq", LONG)
            .key("timestamp")),

    /** Whole books, by option: a row per level of a frame; {@code side} is {@code bid} or {@code ask}, {@code level} 0 the best. */
    BOOKS(Schema.of("books")
            .required("timestamp", TIME)
            .required("view", TEXT)
            .required("side", TEXT)
            .required("level", LONG)
            .required("price", DOUBLE)
            .required("size", DOUBLE)
            .optional(LONG, "orders")
            .required("received_ns", LONG)
            .required("journal_seq", LONG)
            .key("timestamp", "view", "journal_seq", "received_ns", "side", "level"));

    @SuppressWarnings("ImmutableEnumChecker") // it is, see there; no annotation on the class path says so
    private final Schema schema;

    Dataset(Schema schema) {
        this.schema = schema;
    }

    public Schema schema() {
        return schema;
    }

    /** The name in paths and SQL: {@code tick_data}. */
    public String label() {
        return schema.name();
    }

    /** The dataset of a name; empty for any other text. */
    public static Optional<Dataset> of(String label) {
        return Arrays.stream(values())
                .filter(dataset -> dataset.label().equals(label))
                .findFirst();
    }

    @Override
    public String toString() {
        return label();
    }
}
