package dev.millrace;

import dev.millrace.discovery.Series;
import dev.millrace.discovery.Stretch;
import dev.millrace.market.CandleInterval;
import dev.millrace.store.Limits;
import dev.millrace.store.Reading;
import dev.millrace.store.ResultColumn;
import dev.millrace.store.ResultSink;
import dev.millrace.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Which history the tables of this process hold. They follow the journal, so what was journaled is waited for first. Any
 * thread.
 *
 * @param journaled the journal's last record
 * @param committed the last record that the tables hold
 * @param tables empty while they are not open
 * @param standstill why they are not being filled
 */
record StoredHistory(
        LongSupplier journaled,
        LongSupplier committed,
        Supplier<Optional<Reading>> tables,
        Supplier<Optional<String>> standstill) {

    /** Whole stretches: minutes are read again and again, a row each time. */
    static final String SQL = """
            SELECT symbol, kind, epoch_ms(min(from_time)), epoch_ms(max(to_time))
            FROM (
                SELECT *, count(*) FILTER (begins) OVER (series ROWS UNBOUNDED PRECEDING) AS stretch
                FROM (
                    SELECT
                        *,
                        coalesce(
                            from_time > max(to_time) OVER (series ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING),
                            true) AS begins
                    FROM collected
                    WINDOW series AS (PARTITION BY symbol, kind ORDER BY from_time, to_time)
                )
                WINDOW series AS (PARTITION BY symbol, kind ORDER BY from_time, to_time)
            )
            GROUP BY symbol, kind, stretch
            """;

    private static final Limits LIMITS = new Limits(Long.MAX_VALUE, Duration.ofMinutes(1));
    private static final long POLL_MS = 20;

    /**
     * Whatever they hold once they have come to where the journal ends now.
     *
     * @throws StoreException when they are not being filled
     */
    Map<Series, List<Stretch>> stretches() throws InterruptedException {
        awaitAll();
        Reading reading = tables.get().orElseThrow(() -> new IllegalStateException("the tables were just closed"));
        Map<Series, List<Stretch>> found = new HashMap<>();
        try {
            reading.query(SQL, LIMITS, new Rows(found));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /**
     * Returns when they hold everything that is journaled now.
     *
     * @throws StoreException when they are not being filled
     */
    void awaitAll() throws InterruptedException {
        long until = journaled.getAsLong();
        while (tables.get().isEmpty() || committed.getAsLong() < until) {
            standstill.get().ifPresent(words -> {
                throw new StoreException("the tables are not being filled: " + words);
            });
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
        }
    }

    /**
     * Every name that the venue was seen to list, once they hold what is journaled now; none where it was not asked.
     *
     * @throws StoreException when they are not being filled
     */
    List<String> listed() throws InterruptedException {
        awaitAll();
        Reading reading = tables.get().orElseThrow(() -> new IllegalStateException("the tables were just closed"));
        List<String> names = new ArrayList<>();
        try {
            reading.query(
                    "SELECT DISTINCT symbol FROM instruments",
                    LIMITS,
                    ResultSink.of(row -> names.add((String) row.get(0))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }

    private record Rows(Map<Series, List<Stretch>> found) implements ResultSink {

        @Override
        public void columns(List<ResultColumn> columns) {
            found.clear();
        }

        @Override
        public void row(List<Object> values) {
            String coin = (String) values.get(0);
            String kind = (String) values.get(1);
            Series series =
                    kind.equals("funding") ? Series.funding(coin) : Series.candles(coin, CandleInterval.of(kind));
            long fromMs = ((Number) values.get(2)).longValue();
            long toMs = ((Number) values.get(3)).longValue();
            found.computeIfAbsent(series, unseen -> new ArrayList<>()).add(new Stretch(fromMs, toMs));
        }
    }
}
