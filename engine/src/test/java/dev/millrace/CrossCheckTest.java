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
import dev.millrace.simulator.Cadence;
import dev.millrace.simulator.MarketModel;
import dev.millrace.simulator.Pace;
import dev.millrace.simulator.SimulatedCoin;
import dev.millrace.simulator.Simulator;
import dev.millrace.simulator.SimulatorConfig;
import dev.millrace.strategy.Strategy;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our minutes against the candles that a local exchange makes of its own trades: clean data raises no difference. */
class CrossCheckTest {

    private static final long START_MS = 1_790_294_400_000L;
    private static final int MINUTES = 6;
    private static final List<String> COINS = List.of("BTC", "ETH");

    @TempDir
    Path folder;

    @Test
    void shouldFindNoDifferenceInCleanData() throws Exception {
        MarketModel market = MarketModel.of(3, START_MS)
                .withCoins(COINS.stream().map(SimulatedCoin::named).toList())
                .withCadence(Cadence.lively());
        try (Simulator venue = Simulator.start(SimulatorConfig.of(market).withPace(Pace.rate(3_000)))) {
            EngineConfig config = Daemon.config(
                    folder, venue.wsUrl(), venue.restUrl(), "roles=[capture,store]", "store.flush-interval=10 ms");
            Minutes minutes = new Minutes();
            try (Engine engine = Engine.launch(config, List.of(minutes))) {
                Waiting.until(MINUTES + " minutes of each", () -> minutes.closed.get() >= MINUTES * COINS.size());
                assertTrue(engine.health().problems().isEmpty());
                List<Map<String, Object>> lines = new ArrayList<>();
                assertTrue(new ControlClient(folder.resolve(Engine.CONTROL_SOCKET))
                        .ask(Map.of("command", "candles"), lines::add));
                assertEquals(List.of(), lines.get(0).get("failures"));
            }
        }
        for (String coin : COINS) {
            CrossCheck check = check(coin);
            assertTrue(check.compared() >= MINUTES - 2, coin + " " + check.counts());
            assertEquals(Set.of(Agreement.EXACT), check.counts().keySet(), check.differences()::toString);
        }
    }

    private CrossCheck check(String coin) throws Exception {
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("millrace.duckdb"))) {
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

    /** Counts minutes that have closed. */
    private static final class Minutes implements Strategy {

        private final AtomicInteger closed = new AtomicInteger();

        @Override
        public void onBar(Bar bar) {
            if (bar.timeframe.millis() == 60_000) {
                closed.incrementAndGet();
            }
        }
    }
}
