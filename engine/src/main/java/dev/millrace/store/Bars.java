package dev.millrace.store;

import dev.millrace.config.Spelling;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Bars by symbol, timeframe and time, ascending; what is not there is refused with what is. Any thread. */
final class Bars {

    static final String COLUMNS = "timestamp, open, high, low, close, volume, quote_volume, vwap, buy_volume,"
            + " trade_count, samples, first_time, last_time, complete, repaired, revision, known_at, source";
    static final String WHERE = " WHERE symbol = ? AND timeframe = ? AND basis = ?";

    private final Queries queries;
    private final Optional<NewestBars> newest;

    /** @param newest told what is committed; empty where nothing is */
    Bars(Queries queries, Optional<NewestBars> newest) {
        this.queries = queries;
        this.newest = newest;
    }

    /**
     * Gives the newest of them.
     *
     * @param limits its rows are how many
     * @throws RefusedException when the symbol, timeframe or time holds none
     */
    void read(BarsAsked asked, Limits limits, ResultSink sink) throws IOException {
        if (newest.isPresent() && newest.get().answer(asked, limits, queries, sink)) {
            return;
        }
        List<Object> values = new ArrayList<>(List.of(asked.symbol(), asked.timeframe(), asked.basis()));
        asked.from().ifPresent(from -> values.add(utc(from)));
        asked.to().ifPresent(to -> values.add(utc(to)));
        values.add(limits.rows());
        FromFirstRow rows = new FromFirstRow(sink);
        queries.prepared(sql(asked), values, limits, rows);
        if (!rows.hasBegun()) {
            throw none(asked, limits);
        }
    }

    /** Takes symbol, timeframe, basis, the times that are given, and how many. */
    static String sql(BarsAsked asked) {
        return "SELECT " + COLUMNS + " FROM (SELECT " + COLUMNS + " FROM " + view(asked.timeframe()) + WHERE
                + (asked.from().isPresent() ? " AND timestamp >= ?" : "")
                + (asked.to().isPresent() ? " AND timestamp < ?" : "")
                + " ORDER BY timestamp DESC LIMIT ?) ORDER BY timestamp";
    }

    private RefusedException none(BarsAsked asked, Limits limits) throws IOException {
        Extent extent = extent(asked, limits);
        return new RefusedException(asked.symbol() + " " + asked.timeframe() + " has bars from " + extent.from()
                + " until before " + extent.to() + ", none of the time asked for");
    }

    private Extent extent(BarsAsked asked, Limits limits) throws IOException {
        CollectedRows found = new CollectedRows();
        queries.prepared(
                "SELECT min(timestamp), max(bucket_end(timeframe, timestamp)) FROM " + view(asked.timeframe()) + WHERE,
                List.of(asked.symbol(), asked.timeframe(), asked.basis()),
                new Limits(1, limits.time()),
                found);
        List<Object> row = found.rows().get(0);
        if (row.get(0) == null) {
            throw unknown(asked, limits);
        }
        return new Extent(Instant.parse((String) row.get(0)), Instant.parse((String) row.get(1)));
    }

    private RefusedException unknown(BarsAsked asked, Limits limits) throws IOException {
        CollectedRows found = new CollectedRows();
        queries.prepared(
                "SELECT symbol, timeframe || CASE basis WHEN 'trade' THEN '' ELSE ' of ' || basis || 's' END"
                        + " FROM (SELECT DISTINCT symbol, timeframe, basis FROM every_bar)"
                        + " ORDER BY symbol, basis DESC, timeframe_seconds(timeframe)",
                List.of(),
                limits,
                found);
        if (found.rows().isEmpty()) {
            return new RefusedException("there are no bars yet");
        }
        List<String> symbols =
                found.rows().stream().map(row -> (String) row.get(0)).distinct().toList();
        if (!symbols.contains(asked.symbol())) {
            return new RefusedException("there are no bars of " + asked.symbol() + "; nearest of " + symbols.size()
                    + " symbols is " + Spelling.nearest(asked.symbol(), symbols));
        }
        String timeframes = found.rows().stream()
                .filter(row -> row.get(0).equals(asked.symbol()))
                .map(row -> (String) row.get(1))
                .collect(Collectors.joining(", "));
        return new RefusedException(asked.symbol() + " has no bars of " + asked.timeframe()
                + (asked.basis().equals("trade") ? "" : " of " + asked.basis() + "s") + "; it has " + timeframes);
    }

    private static String view(String timeframe) {
        return isSecond(timeframe) ? "bars_1s" : "bars";
    }

    static boolean isSecond(String timeframe) {
        return timeframe.equals("1s");
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    /** The buckets that there are lie in {@code [from, to)}. */
    private record Extent(Instant from, Instant to) {}
}
