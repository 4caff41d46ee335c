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
import dev.millrace.simulator.MarketModel;
import dev.millrace.simulator.SimulatedCoin;
import dev.millrace.simulator.Simulator;
import dev.millrace.simulator.SimulatorConfig;
import dev.millrace.strategy.Strategy;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our minutes against the candles that a local exchange makes of its own trades: clean data raises no difference. */
class CrossCheckTest {

    /** Two seconds before a minute begins. */
    private static final long START_MS = 1_790_294_398_000L + 3_600_000;

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
            rows(
                    duck,
                    "SELECT symbol, count(*) FROM ohlcv_bars WHERE source = 'exchange' AND timeframe = '1m' GROUP BY ALL"
                            + " ORDER BY ALL",
                    counts::add);
            assertEquals(List.of(List.of("BTC", (long) MINUTES_ASKED), List.of("ETH", (long) MINUTES_ASKED)), counts);
        }
        assertEquals(0, check("BTC").compared(), "what is a gap anyway is not compared");
    }

    /** The exchange's candles are of the trades that it sent only at its natural pace: a minute and some seconds. */
    @Test
    @Tag("stress")
    void shouldFindNoDifferenceInCleanData() throws Exception {
        try (Simulator venue = venue()) {
            Seconds seconds = new Seconds();
            try (Engine engine = Engine.launch(config(venue), List.of(seconds))) {
                Waiting.until("most of a minute", () -> seconds.newestMs.get() >= START_MS + 45_000);
                Waiting.until("a whole minute", () -> seconds.newestMs.get() >= START_MS + 66_000);
                ask();
                assertTrue(engine.health().problems().isEmpty());
            }
        }
        for (String coin : COINS) {
            CrossCheck check = check(coin);
            assertTrue(check.compared() >= 1, coin + " " + check.counts());
            assertEquals(Set.of(Agreement.EXACT), check.counts().keySet(), check.differences()::toString);
        }
    }

    private static Simulator venue() throws IOException {
        MarketModel market = MarketModel.of(3, START_MS)
                .withCoins(COINS.stream().map(SimulatedCoin::named).toList());
        return Simulator.start(SimulatorConfig.of(market));
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
            QualityTables tables = new QualityTables((sql, row) -> rows(duck, sql, row));
            SymbolDay day = tables.day(
                    coin, LocalDate.ofInstant(Instant.ofEpochMilli(START_MS), ZoneOffset.UTC), tables.asOfMs());
            return DayQuality.of(day.rows(), Timeframe.parse("1m")).check();
        }
    }

    private static void rows(Connection duck, String sql, Consumer<List<Object>> row) {
        try (Statement statement = duck.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                List<Object> values = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    values.add(rows.getObject(i));
                }
                row.accept(values);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
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
