package dev.millrace.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bar beside what was known when it ended, and nothing that came later. */
class ContextTest {

    private static final Limits ALL = new Limits(Long.MAX_VALUE, Duration.ofMinutes(1));

    @TempDir
    Path folder;

    @Test
    void shouldJoinWhatWasKnownAtTheEndOfEachBar() throws IOException {
        try (SomeTables tables = new SomeTables(folder)) {
            candle(tables, "1h", "2026-01-31 22:00:00+00");
            candle(tables, "1h", "2026-01-31 23:00:00+00");
            candle(tables, "1M", "2026-02-01 00:00:00+00");
            tables.run("INSERT INTO funding VALUES"
                    + " ('BTC', '2026-02-01 00:00:00+00', 1, NULL, 0, 1),"
                    + " ('BTC', '2026-02-01 00:00:00+00', 2, NULL, 0, 2),"
                    + " ('ETH', '2026-01-31 23:00:00+00', 9, NULL, 0, 2),"
                    + " ('BTC', '2026-02-28 23:59:59.999+00', 3, NULL, 0, 3),"
                    + " ('BTC', '2026-03-01 00:00:00.001+00', 4, NULL, 0, 3)");
            tables.run("INSERT INTO fear_greed VALUES"
                    + " ('2026-01-30 00:00:00+00', 20, 'Extreme Fear', '2026-01-31 00:00:00+00', 0, 1),"
                    + " ('2026-01-31 00:00:00+00', 60, 'Greed', '2026-02-01 00:00:00.001+00', 0, 1)");
            CollectedRows rows = new CollectedRows();
            tables.reading.query(
                    "SELECT epoch(end_time)::BIGINT, funding_rate, sentiment FROM bars_with_context ORDER BY end_time",
                    ALL,
                    rows);
            List<Object> beforeAnyFunding = Arrays.asList(1_769_900_400L, null, 20L);
            List<Object> lastReportOfThePayment = List.of(1_769_904_000L, 2.0, 20L);
            List<Object> endOfAMonthOf28Days = List.of(1_772_323_200L, 3.0, 60L);
            assertEquals(List.of(beforeAnyFunding, lastReportOfThePayment, endOfAMonthOf28Days), rows.rows());
        }
    }

    private static void candle(SomeTables tables, String timeframe, String start) {
        tables.run(
                "INSERT INTO ohlcv_bars (symbol, timeframe, basis, source, timestamp, open, high, low, close, volume,"
                        + " trade_count, complete, repaired, revision, known_at) VALUES ('BTC', '" + timeframe
                        + "', 'trade', 'exchange', '" + start + "', 1, 1, 1, 1, 1, 1, true, false, 0, now())");
    }
}
