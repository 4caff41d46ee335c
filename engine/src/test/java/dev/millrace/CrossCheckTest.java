package dev.millrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.config.EngineConfig;
import dev.millrace.control.ControlClient;
import dev.millrace.market.Bar;
import dev.millrace.market.Timeframe;
import dev.millrace.quality.Agreement;
import dev.millrace.quality.CrossCheck;
import dev.millrace.quality.DayQuality;
import dev.millrace.quality.QualityTables;
import dev.millrace.quality.SymbolDay;
import dev.millrace.simulator.Conduct;
import dev.millrace.simulator.MarketModel;
import dev.millrace.simulator.SimulatedCoin;
import dev.millrace.simulator.Simulator;
import dev.millrace.simulator.SimulatorConfig;
import dev.millrace.store.DuckRows;
import dev.millrace.strategy.Strategy;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our minutes against the candles that a local exchange makes of its own trades: clean data raises no difference. */
@Tag("stress")
@Tag("stress-daemon")
class CrossCheckTest {

    /** Two seconds before a minute begins. */
    private static final long START_MS = 1_790_294_398_000L + 3_600_000;

    private static final long MINUTE_MS = 60_000;
    /** The first minute that can be whole. */
    private static final long FIRST_MS = START_MS + 2_000;

    /** Of the twelve, those that a slow start leaves. */
    private static final long MINUTES_COMPARED = 9;

    private static final List<String> COINS = List.of("BTC", "ETH");
    private static final int MINUTES_ASKED = 120;

    @TempDir
    Path folder;

    @Test
    void shouldAskForTheLastTwoHoursOfEachCoin() throws Exception {
        try (Simulator venue = venue();
                Engine engine = Engine.launch(config(venue), List.of())) {
            ask();
            ask();
            assertTrue(engine.health().problems().isEmpty());
        }
        try (Connection duck = database()) {
            List<List<Object>> counts = new ArrayList<>();
            DuckRows.each(
                    duck,
                    "SELECT symbol, count(*) FROM ohlcv_bars WHERE source = 'exchange' AND timeframe = '1m' GROUP BY ALL"
                            + " ORDER BY ALL",
                    counts::add);
            assertEquals(List.of(List.of("BTC", (long) MINUTES_ASKED), List.of("ETH", (long) MINUTES_ASKED)), counts);
        }
        assertEquals(0, check("BTC").compared(), "what is a gap anyway is not compared");
    }

    /** Every class, each planted in a minute of its own of what the tables hold of one coin; the other's stays clean. */
    @Test
    void shouldFindEveryPlantedDifferenceAndNoneInCleanData() throws Exception {
        VenueTime time = new VenueTime(START_MS);
        try (Simulator venue = venue(time)) {
            Seconds seconds = new Seconds();
            try (Engine engine = Engine.launch(config(venue), List.of(seconds), time.clock())) {
                passUntil(time, "twelve minutes", () -> seconds.newestMs.get() >= FIRST_MS + 12 * MINUTE_MS + 30_000);
                ask();
                assertTrue(engine.health().problems().isEmpty(), engine.health()::toString);
            }
        }
        for (String coin : COINS) {
            CrossCheck check = check(coin);
            assertTrue(check.compared() >= MINUTES_COMPARED, check.counts()::toString);
            assertEquals(Map.of(Agreement.EXACT, check.compared()), check.counts(), check.differences()::toString);
        }
        long compared = check("BTC").compared();
        try (Connection duck = database();
                Statement statement = duck.createStatement()) {
            plant(statement, 4, "UPDATE ohlcv_bars SET trade_count = trade_count + 1");
            plant(statement, 5, "UPDATE ohlcv_bars SET volume = volume + 1");
            plant(statement, 6, "UPDATE ohlcv_bars SET high = high + 1");
            plant(statement, 7, "UPDATE ohlcv_bars SET open = (high + low) / 2 + (high - open) / 4");
            plant(statement, 8, "INSERT INTO bar_revisions SELECT * REPLACE (0 AS volume) FROM ohlcv_bars");
            plant(statement, 9, "DELETE FROM ohlcv_bars");
            statement.execute("DELETE FROM ohlcv_bars WHERE symbol = 'BTC' AND timeframe = '1m' AND source = 'own'"
                    + " AND timestamp = make_timestamptz(" + (FIRST_MS + 10 * MINUTE_MS) * 1_000 + ")");
        }
        CrossCheck planted = check("BTC");
        assertEquals(
                Map.of(
                        Agreement.EXACT, compared - 7,
                        Agreement.COUNT, 1L,
                        Agreement.VOLUME, 1L,
                        Agreement.HIGH_LOW, 1L,
                        Agreement.TIE, 1L,
                        Agreement.SETTLED_LATE, 1L,
                        Agreement.MISSING_THEIRS, 1L,
                        Agreement.MISSING_OURS, 1L),
                planted.counts(),
                planted.differences()::toString);
        assertEquals(
                List.of(4L, 5L, 6L, 7L, 9L, 10L),
                planted.differences().stream()
                        .map(difference -> (difference.minuteMs() - FIRST_MS) / MINUTE_MS)
                        .toList());
        assertEquals(Set.of(Agreement.EXACT), check("ETH").counts().keySet());
    }

    /** Of the exchange's candles, that of one minute. */
    private static void plant(Statement statement, int minute, String change) throws SQLException {
        assertEquals(
                1,
                statement.executeUpdate(change + " WHERE symbol = 'BTC' AND timeframe = '1m' AND source = 'exchange'"
                        + " AND timestamp = make_timestamptz(" + (FIRST_MS + minute * MINUTE_MS) * 1_000 + ")"),
                change);
    }

    private static void passUntil(VenueTime time, String what, BooleanSupplier so) {
        long[] nextNs = {System.nanoTime()};
        Waiting.until(what, () -> {
            if (System.nanoTime() - nextNs[0] > 0) {
                time.skip(Duration.ofSeconds(5));
                nextNs[0] = System.nanoTime() + 60_000_000;
            }
            return so.getAsBoolean();
        });
    }

    private static Simulator venue(VenueTime time) throws IOException {
        return Simulator.start(SimulatorConfig.of(market())
                .withRealTime()
                .withConduct(Conduct.good().withClock(time::nanos)));
    }

    /** Its time stands still, so that both questions are about the same minutes. */
    private static Simulator venue() throws IOException {
        return Simulator.start(
                SimulatorConfig.of(market()).withConduct(Conduct.good().withClock(() -> 0)));
    }

    private static MarketModel market() {
        return MarketModel.of(3, START_MS)
                .withCoins(COINS.stream().map(SimulatedCoin::named).toList());
    }

    private EngineConfig config(Simulator venue) {
        return Daemon.config(
                folder, venue.wsUrl(), venue.restUrl(), "roles=[capture,store]", "store.flush-interval=10 ms");
    }

    private void ask() {
        List<Map<String, Object>> lines = new ArrayList<>();
        ControlClient daemon = new ControlClient(folder.resolve(Engine.CONTROL_SOCKET));
        assertTrue(daemon.ask(Map.of("command", "candles"), lines::add));
        assertEquals(List.of(), lines.get(0).get("failures"));
    }

    private Connection database() throws SQLException {
        return DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("millrace.duckdb"));
    }

    private CrossCheck check(String coin) throws Exception {
        try (Connection duck = database()) {
            QualityTables tables =
                    new QualityTables((sql, row) -> DuckRows.each(duck, sql, row), Duration.ofMinutes(10));
            SymbolDay day = tables.day(
                    coin, LocalDate.ofInstant(Instant.ofEpochMilli(START_MS), ZoneOffset.UTC), tables.asOfMs());
            return DayQuality.of(day.rows(), Timeframe.parse("1m")).check();
        }
    }

    /** Knows the newest bar of a second. */
    private static final class Seconds implements Strategy {

        private final AtomicLong newestMs = new AtomicLong();

        @Override
        public void onBar(Bar bar) {
            newestMs.set(Math.max(newestMs.get(), bar.startMs));
        }
    }
}
