package dev.millrace.store;

import dev.millrace.tables.Dataset;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which rows of a day give way to those that were made again, as a condition in SQL.
 *
 * @param after made by later records of the journal than this
 * @param upTo and by none behind this one: files may know more than tables that are being made anew
 * @param timeframes labels, of bars; none for all
 * @param fromTicks of bars of trades, and of the symbols alone of which bars were made again
 */
record Outdated(long after, long upTo, List<String> timeframes, boolean fromTicks) {

    /** By a replay from behind a record up to another. */
    static Outdated byReplay(long after, long upTo, List<String> timeframes) {
        return new Outdated(after, upTo, timeframes, false);
    }

    /** By bars that were made from ticks. */
    static Outdated byTicks(List<String> timeframes) {
        return new Outdated(-1, Long.MAX_VALUE, timeframes, true);
    }

    String sql(Dataset dataset) {
        String all = "coalesce(journal_seq, 0) > " + after + " AND coalesce(journal_seq, 0) <= " + upTo;
        return dataset == Dataset.OHLCV ? all + " AND source = '" + BarRows.OWN + "'" + bars() : all;
    }

    private String bars() {
        String lengths = timeframes.isEmpty()
                ? ""
                : timeframes.stream()
                        .map(label -> "'" + label + "'")
                        .collect(Collectors.joining(", ", " AND timeframe IN (", ")"));
        return fromTicks
                ? lengths + " AND basis = 'trade' AND symbol IN (SELECT symbol FROM " + StagedTable.OHLCV_BARS.staged()
                        + " UNION SELECT symbol FROM " + StagedTable.OHLCV_1S.staged() + ")"
                : lengths;
    }
}
