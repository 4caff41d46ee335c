package dev.millrace.store;

import dev.millrace.tables.Dataset;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which rows of a day give way to those that were made again, as a condition in SQL.
 *
 * @param after made by later records of the journal than this
 * @param timeframes labels, of bars; none for all
 * @param fromTicks of bars of trades, and of the symbols alone of which bars were made again
 */
record Outdated(long after, List<String> timeframes, boolean fromTicks) {

    /** By a replay that began behind a record. */
    static Outdated byReplay(long after, List<String> timeframes) {
        return new Outdated(after, timeframes, false);
    }

    /** By bars that were made from ticks. */
    static Outdated byTicks(List<String> timeframes) {
        return new Outdated(-1, timeframes, true);
    }

    String sql(Dataset dataset) {
        String all = "coalesce(journal_seq, 0) > " + after;
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
