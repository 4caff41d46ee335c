package dev.millrace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.discovery.Series;
import dev.millrace.discovery.Stretch;
import dev.millrace.market.CandleInterval;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Stretches that overlap or touch are one, however many rows there are of them: against a plain sweep over random ones. */
class StoredHistoryTest {

    private static final List<Series> SERIES =
            List.of(Series.candles("BTC", CandleInterval.ONE_MINUTE), Series.funding("BTC"), Series.funding("ETH"));

    @Test
    void shouldJoinWhatOverlapsOrTouches() throws SQLException {
        for (long seed = 0; seed < 30; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Map<Series, List<Stretch>> rows = new HashMap<>();
            try (Connection tables = DriverManager.getConnection("jdbc:duckdb:");
                    Statement statement = tables.createStatement()) {
                statement.execute("CREATE TABLE collected (symbol VARCHAR, kind VARCHAR, from_time TIMESTAMPTZ,"
                        + " to_time TIMESTAMPTZ, rows BIGINT)");
                for (int i = random.nextInt(25); i > 0; i--) {
                    Series series = SERIES.get(random.nextInt(SERIES.size()));
                    long fromMs = random.nextLong(60);
                    Stretch stretch = new Stretch(fromMs, fromMs + 1 + random.nextLong(9));
                    rows.computeIfAbsent(series, unseen -> new ArrayList<>()).add(stretch);
                    statement.execute(
                            "INSERT INTO collected VALUES ('%s', '%s', make_timestamptz(%d), make_timestamptz(%d), 1)"
                                    .formatted(
                                            series.coin(),
                                            series.kind(),
                                            stretch.fromMs() * 1_000,
                                            stretch.toMs() * 1_000));
                }
                Map<Series, List<Stretch>> expected = new HashMap<>();
                rows.forEach((series, all) -> expected.put(series, joined(all)));
                assertEquals(expected, found(statement), "seed " + seed);
            }
        }
    }

    private static Map<Series, List<Stretch>> found(Statement statement) throws SQLException {
        Map<Series, List<Stretch>> found = new HashMap<>();
        try (ResultSet rows = statement.executeQuery(StoredHistory.SQL)) {
            while (rows.next()) {
                String kind = rows.getString(2);
                Series series = kind.equals("funding")
                        ? Series.funding(rows.getString(1))
                        : Series.candles(rows.getString(1), CandleInterval.of(kind));
                found.computeIfAbsent(series, unseen -> new ArrayList<>())
                        .add(new Stretch(rows.getLong(3), rows.getLong(4)));
            }
        }
        found.values().forEach(stretches -> stretches.sort(Comparator.comparingLong(Stretch::fromMs)));
        return found;
    }

    private static List<Stretch> joined(List<Stretch> all) {
        List<Stretch> joined = new ArrayList<>();
        all.stream().sorted(Comparator.comparingLong(Stretch::fromMs)).forEach(next -> {
            Stretch last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (last != null && next.fromMs() <= last.toMs()) {
                joined.set(joined.size() - 1, new Stretch(last.fromMs(), Math.max(last.toMs(), next.toMs())));
            } else {
                joined.add(next);
            }
        });
        return joined;
    }
}
