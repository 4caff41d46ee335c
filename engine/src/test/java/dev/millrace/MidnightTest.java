package dev.millrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.config.EngineConfig;
import dev.millrace.control.ControlClient;
import dev.millrace.journal.JournalReader;
import dev.millrace.lake.Lake;
import dev.millrace.lake.Partition;
import dev.millrace.market.Bar;
import dev.millrace.simulator.Conduct;
import dev.millrace.simulator.MarketModel;
import dev.millrace.simulator.SimulatedCoin;
import dev.millrace.simulator.Simulator;
import dev.millrace.simulator.SimulatorConfig;
import dev.millrace.strategy.Strategy;
import dev.millrace.tables.Dataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole daemon over a UTC midnight, and what its user finds the next morning. Its time is the test's: it runs fast over
 * midnight, then leaps to a quarter past one, when a day is certified, and to five past two, when the journal's hour before
 * midnight is older than it is kept.
 */
@Tag("stress")
@Tag("stress-daemon")
class MidnightTest {

    private static final LocalDate YESTERDAY = LocalDate.parse("2026-11-22");
    private static final LocalDate TODAY = YESTERDAY.plusDays(1);
    private static final List<String> COINS = List.of("BTC", "ETH");
    private static final long STEP_NS = 60_000_000;

    private final VenueTime time = new VenueTime(at("2026-11-22T23:57:55Z"));
    private final Minutes minutes = new Minutes();

    @TempDir
    Path folder;

    @Test
    void shouldLeaveAWholeDayAndGoOnWithTheNext() throws Exception {
        try (Simulator venue = venue();
                Engine engine = Engine.launch(config(venue), List.of(minutes), time.clock())) {
            passUntil(
                    "a decision of today",
                    () -> minutes.newestMs.get() >= at("2026-11-23T00:04:00Z")
                            && status("universe").get("decided").toString().startsWith(TODAY + "T00:03"));
            Map<?, ?> universe = status("universe");
            assertEquals(COINS, sorted(universe.get("coins")));
            assertEquals(2L, ((Number) universe.get("members")).longValue());
            Waiting.until("yesterday in the lake", () -> inLake(Dataset.TICK_DATA) && inLake(Dataset.OHLCV));
            Waiting.until(
                    "today's sentiment",
                    () -> !rows("SELECT * FROM fear_greed WHERE timestamp = '" + TODAY + " 00:00:00Z'")
                            .isEmpty());
            assertTrue(engine.health().problems().isEmpty(), engine.health()::toString);

            time.skipTo(at("2026-11-23T01:16:00Z"));
            Waiting.until(
                    "yesterday's certificates",
                    () -> YESTERDAY.toString().equals(status("store").get("certified_up_to")),
                    () -> engine.health() + " " + status("store"));
            assertEquals(0L, ((Number) status("store").get("days_uncertified")).longValue());

            long oldest = JournalReader.oldest(Daemon.journal(folder));
            time.skipTo(at("2026-11-23T02:05:00Z"));
            Waiting.until(
                    "the end of yesterday's last hour",
                    () -> engine.counters().value("journal.cycles-deleted") > 0,
                    engine::health);
            assertTrue(JournalReader.oldest(Daemon.journal(folder)) > oldest);
            requireUnbrokenBars();
        }
        requireCertificates();
        assertEquals(
                List.of(), new Lake(folder.resolve("lake")).verify(bytes -> {}).problems());
    }

    /** Of each coin and minute one bar, complete, on both sides of midnight; each of its trades once. */
    private void requireUnbrokenBars() {
        for (String coin : COINS) {
            String around = " WHERE symbol = '" + coin + "' AND timestamp >= '2026-11-22 23:59:00Z'"
                    + " AND timestamp < '2026-11-23 00:04:00Z'";
            assertEquals(
                    List.of("[0, true]", "[1, true]", "[2, true]", "[3, true]", "[4, true]"),
                    rows("SELECT (epoch_ms(timestamp) - " + at("2026-11-22T23:59:00Z")
                            + ") // 60000, complete FROM bars" + around
                            + " AND timeframe = '1m' AND source = 'own' ORDER BY timestamp"),
                    coin);
            assertEquals(
                    List.of("[true]"),
                    rows("SELECT sum(trade_count) = (SELECT count(*) FROM ticks" + around + ") FROM bars" + around
                            + " AND timeframe = '1m'"),
                    coin);
            assertEquals(
                    List.of("[true]"),
                    rows("SELECT count(*) = count(DISTINCT (timestamp, trade_id)) FROM ticks WHERE symbol = '" + coin
                            + "'"),
                    coin);
            assertEquals(
                    List.of("[1]"),
                    rows("SELECT count(*) FROM bars WHERE symbol = '" + coin
                            + "' AND timeframe = '1d' AND timestamp = '" + YESTERDAY + " 00:00:00Z'"),
                    coin);
        }
        assertEquals(
                List.of("[" + YESTERDAY + "]", "[" + TODAY + "]"),
                rows("SELECT DISTINCT CAST(CAST(decided_at AT TIME ZONE 'UTC' AS DATE) AS VARCHAR) FROM universe"
                        + " ORDER BY ALL"));
    }

    private void requireCertificates() throws IOException {
        for (String coin : COINS) {
            for (String timeframe : List.of("1m", "5m", "15m", "1h", "4h", "1d")) {
                Path file = folder.resolve(
                        "lake/_certificates/symbol=" + coin + "/date=" + YESTERDAY + "/" + timeframe + ".txt");
                String text = Files.readString(file);
                assertTrue(
                        text.contains("\nstate = degraded\nevidence = journal\n"), text); // of two minutes of the day
                assertTrue(text.contains("\nlate_share = 0.0\nduplicates = "), text);
                assertTrue(text.contains("\noffset_p50_ms = "), text);
            }
        }
    }

    private boolean inLake(Dataset dataset) {
        return COINS.stream()
                .allMatch(coin -> rows("SELECT side FROM partitions WHERE dataset = '" + dataset.label()
                                        + "' AND symbol = '" + coin + "' AND date = '" + YESTERDAY + "'")
                                .equals(List.of("[lake]"))
                        && Files.exists(
                                folder.resolve("lake").resolve(new Partition(dataset, coin, YESTERDAY).path())));
    }

    /** Each row as its values stand in a list. */
    private List<String> rows(String sql) {
        List<String> rows = new ArrayList<>();
        int columns = 0;
        List<Map<String, Object>> lines =
                ask(Map.of("command", "query", "sql", sql, "limit", 100, "timeout_ms", 60_000));
        for (Map<String, Object> line : lines) {
            assertTrue(!line.containsKey("refused") && !line.containsKey("failed"), line::toString);
            columns = line.get("columns") instanceof List<?> names ? names.size() : columns;
            List<?> values = line.get("values") instanceof List<?> given ? given : List.of();
            for (int i = 0; i < values.size(); i += columns) {
                rows.add(values.subList(i, i + columns).toString());
            }
        }
        return rows;
    }

    private Map<?, ?> status(String section) {
        Object found = ask(Map.of("command", "status")).get(0).get(section);
        return found instanceof Map<?, ?> figures ? figures : Map.of("decided", "", "certified_up_to", "");
    }

    private List<Map<String, Object>> ask(Map<String, Object> request) {
        List<Map<String, Object>> lines = new ArrayList<>();
        assertTrue(new ControlClient(folder.resolve(Engine.CONTROL_SOCKET)).ask(request, lines::add));
        return lines;
    }

    private static List<String> sorted(Object names) {
        return ((List<?>) names).stream().map(String::valueOf).sorted().toList();
    }

    private void passUntil(String what, BooleanSupplier so) {
        long[] nextNs = {System.nanoTime()};
        Waiting.until(what, () -> {
            if (System.nanoTime() - nextNs[0] <= 0) {
                return false;
            }
            time.skip(Duration.ofSeconds(4));
            nextNs[0] = System.nanoTime() + STEP_NS;
            return so.getAsBoolean();
        });
    }

    private static long at(String instant) {
        return Instant.parse(instant).toEpochMilli();
    }

    private Simulator venue() throws IOException {
        MarketModel market = MarketModel.of(3, time.nowMs())
                .withCoins(COINS.stream().map(SimulatedCoin::named).toList());
        return Simulator.start(SimulatorConfig.of(market)
                .withRealTime()
                .withConduct(Conduct.good().withClock(time::nanos)));
    }

    private EngineConfig config(Simulator venue) {
        return Daemon.config(
                folder,
                venue.wsUrl(),
                venue.restUrl(),
                "roles=[capture,store]",
                "feed.coins=universe",
                "store.flush-interval=10 ms",
                "store.keep=0 s",
                "lake.roll-interval=50 ms",
                "journal.keep=2 h",
                "bars.revision-window=1 m",
                "sentiment.url=" + venue.restUrl(),
                "sentiment.poll-interval=1 s",
                "rest.min-pause=1 ms",
                "rest.max-pause=5 ms",
                "universe.decide-at=3 m",
                "universe.sample-interval=1 s",
                "universe.gates.samples=1",
                "universe.gates.min-samples=1",
                "universe.gates.min-sample-span=0 s",
                "universe.gates.min-candles=2",
                "universe.gates.min-returns=2",
                "universe.volume.low=1e-6",
                "universe.open-interest.low=1e-6",
                "universe.depth.low=1e-6",
                "universe.spread.high=1e4",
                "universe.volatility.low=1e-9",
                "universe.volatility.high=1e3",
                "universe.members.max-correlation=1",
                "universe.members.enter-after=1");
    }

    /** Knows the newest bar of a minute. */
    private static final class Minutes implements Strategy {

        private final AtomicLong newestMs = new AtomicLong();

        @Override
        public void onBar(Bar bar) {
            if (bar.timeframe.label().equals("1m")) {
                newestMs.set(Math.max(newestMs.get(), bar.startMs));
            }
        }
    }
}
