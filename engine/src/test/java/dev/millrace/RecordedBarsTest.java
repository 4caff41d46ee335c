package dev.millrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.config.EngineConfig;
import dev.millrace.market.Decimals;
import dev.millrace.market.Gap;
import dev.millrace.market.Timeframe;
import dev.millrace.pipeline.Frames;
import dev.millrace.pipeline.Frames.VenueTrade;
import dev.millrace.simulator.Simulator;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ten recorded minutes of four coins, with their two reconnects, through a real socket: bars by SQL over the files, gaps
 * and completeness by the rules of coverage in their plainest form. The seeded twin is {@link SeededBarsTest}.
 */
class RecordedBarsTest {

    private static final List<String> COINS = List.of("BTC", "ETH", "SOL", "WLFI");
    /** The recorder connected three times: at its start and at about these receive times, in seconds. */
    private static final List<BigDecimal> RECONNECTS =
            List.of(new BigDecimal("1756904497"), new BigDecimal("1756904551"));

    @TempDir
    Path folder;

    private record Row(BigDecimal receivedS, VenueTrade trade) {}

    /** One message of the venue. */
    private record Group(BigDecimal receivedS, List<VenueTrade> trades) {}

    private record Span(long fromMs, long toMs) {
        boolean holds(long startMs, long endMs) {
            return fromMs <= startMs && endMs <= toMs;
        }
    }

    @Test
    void shouldGiveTheBarsOfSqlAndTheGapsOfTheRecordedReconnects() throws Exception {
        List<List<Group>> connections = connections();
        long newestMs = newestMs(connections.get(2));
        List<List<byte[]>> segments = connections.stream()
                .map(groups -> groups.stream()
                        .map(group -> Segments.bytes(Frames.trades(group.trades())))
                        .toList())
                .toList();
        Diary diary = new Diary();
        try (Simulator exchange = Segments.play(COINS, segments)) {
            // What the exchange's candles repair is told again, sooner or later.
            EngineConfig config = Daemon.config(folder, exchange.wsUrl(), exchange.restUrl(), "quality.repair=false");
            Engine engine = Engine.launch(config, List.of(diary));
            try (engine) {
                diary.await(
                        "three connections and the last bar's close",
                        () -> engine.counters().value("feed.lost") >= 3 && diary.clockMs() >= newestMs + 600);
            }
            assertEquals(30 + 1 + 1 + 21, engine.counters().value("trades.duplicates"));
        }
        Map<String, List<Span>> covered = new HashMap<>();
        assertEquals(gapsAndCoverage(connections, covered), Set.copyOf(diary.gaps()));
        Daemon.assertLines(
                bySql(),
                diary.csvLines().stream().map(SqlBars::valuesOf).sorted().toList(),
                "recorded bars");
        assertComplete(diary.csvLines(), covered);
    }

    private static List<String> bySql() throws SQLException {
        try (SqlBars sql = new SqlBars()) {
            for (String coin : COINS) {
                sql.add(coin, csv(coin), "true");
            }
            return sql.lines();
        }
    }

    private static void assertComplete(List<String> lines, Map<String, List<Span>> covered) {
        Map<Boolean, Integer> counts = new HashMap<>();
        for (String line : lines) {
            String[] fields = line.split(",", -1);
            long startMs = Long.parseLong(fields[2]);
            long endMs = startMs + Timeframe.parse(fields[1]).millis();
            boolean complete = covered.get(fields[0]).stream().anyMatch(span -> span.holds(startMs, endMs));
            assertEquals(complete, Boolean.parseBoolean(fields[11]), line);
            counts.merge(complete, 1, Integer::sum);
        }
        assertTrue(counts.get(true) > 500 && counts.get(false) > 20, () -> "complete or not: " + counts);
    }

    /**
     * From the first snapshot's oldest trade to a connection's last exchange time; joined where a snapshot overlaps, and where
     * none does only up to the coin's last trade.
     */
    private static Set<Gap> gapsAndCoverage(List<List<Group>> connections, Map<String, List<Span>> covered) {
        Set<Gap> gaps = new HashSet<>();
        for (String coin : COINS) {
            Set<VenueTrade> seen = new HashSet<>();
            List<Span> spans = new ArrayList<>();
            for (List<Group> groups : connections) {
                List<VenueTrade> snapshot = of(coin, groups).get(0);
                long oldestMs =
                        snapshot.stream().mapToLong(VenueTrade::timeMs).min().orElseThrow();
                long fromMs = oldestMs + 1;
                if (snapshot.stream().anyMatch(seen::contains)) {
                    fromMs = spans.remove(spans.size() - 1).fromMs();
                } else if (!spans.isEmpty()) {
                    Span before = spans.remove(spans.size() - 1);
                    long lostMs =
                            seen.stream().mapToLong(VenueTrade::timeMs).max().orElseThrow();
                    spans.add(new Span(before.fromMs(), lostMs));
                    gaps.add(new Gap(coin, "trades", lostMs, fromMs, "disconnect", Gap.Evidence.UNPROVEN, false));
                }
                spans.add(new Span(fromMs, newestMs(groups)));
                of(coin, groups).forEach(seen::addAll);
            }
            covered.put(coin, spans);
        }
        return gaps;
    }

    private static List<List<VenueTrade>> of(String coin, List<Group> groups) {
        return groups.stream()
                .map(Group::trades)
                .filter(trades -> trades.get(0).coin().equals(coin))
                .toList();
    }

    private static long newestMs(List<Group> groups) {
        return groups.stream()
                .flatMap(group -> group.trades().stream())
                .mapToLong(VenueTrade::timeMs)
                .max()
                .orElseThrow();
    }

    private static List<List<Group>> connections() throws IOException {
        List<List<Group>> connections = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (String coin : COINS) {
            List<List<Row>> rows = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            Files.readAllLines(csv(coin)).stream()
                    .skip(1)
                    .map(line -> row(coin, line.split(",", -1)))
                    .forEach(row -> rows.get(connection(row)).add(row));
            for (int i = 0; i < rows.size(); i++) {
                connections.get(i).addAll(groups(rows.get(i)));
            }
        }
        connections.forEach(groups -> groups.sort(Comparator.comparing(Group::receivedS)));
        return connections;
    }

    private static int connection(Row row) {
        return (int) RECONNECTS.stream()
                .filter(time -> row.receivedS().compareTo(time) >= 0)
                .count();
    }

    /** Rows of one receive time and one exchange time are a message; the first of a connection is a snapshot. */
    private static List<Group> groups(List<Row> rows) {
        List<Group> groups = new ArrayList<>();
        Row before = null;
        for (Row row : rows) {
            boolean sameRead = before != null && before.receivedS().compareTo(row.receivedS()) == 0;
            boolean sameTime =
                    before != null && before.trade().timeMs() == row.trade().timeMs();
            if (!sameRead || !(sameTime || groups.size() == 1)) {
                groups.add(new Group(row.receivedS(), new ArrayList<>()));
            }
            groups.get(groups.size() - 1).trades().add(row.trade());
            before = row;
        }
        return groups;
    }

    /** {@code timestamp,price,size,side,trade_id,exchange_timestamp}. */
    private static Row row(String coin, String[] fields) {
        return new Row(
                new BigDecimal(fields[0]),
                new VenueTrade(
                        coin,
                        Long.parseLong(fields[5]),
                        Long.parseLong(fields[4]),
                        Decimals.parse(fields[1]),
                        Decimals.parse(fields[2]),
                        fields[3].equals("buy")));
    }

    private static Path csv(String coin) {
        return Recordings.file("hyperliquid/csv/djienne-20250903-trades_" + coin + ".csv");
    }
}
