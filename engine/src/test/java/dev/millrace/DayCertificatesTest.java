package dev.millrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.config.ConfigLoader;
import dev.millrace.config.EngineConfig;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.ErrorLog;
import dev.millrace.store.Database;
import dev.millrace.store.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two days of minutes whose bars are settled, and what a daemon writes of them by itself as the venue's time goes on. */
class DayCertificatesTest {

    private static final String VALUES = "10, 12, 9, 11, 1.5, 15.75, 10.5, 1, 4, NULL, timestamp, timestamp";

    @TempDir
    Path folder;

    private final Counters counters = new Counters();
    private final ErrorLog errors = new ErrorLog(Clock.systemUTC());
    private EngineConfig config;
    private long venueMs = Long.MIN_VALUE;
    private Optional<Reading> tables = Optional.empty();

    @BeforeEach
    void fill() throws SQLException {
        config = new ConfigLoader(Map.of(), 2)
                .load(List.of(), List.of("data.dir=" + folder))
                .engine();
        database().close();
        sql("INSERT INTO ohlcv_bars SELECT 'BTC', '1m', 'trade', 'own', timestamp, " + VALUES
                + ", true, false, 0, timestamp, 100 + epoch_ms(timestamp) // 60000 % 2880 FROM (SELECT"
                + " unnest(generate_series(TIMESTAMPTZ '2026-11-20 00:00:00Z', TIMESTAMPTZ '2026-11-22 02:00:00Z',"
                + " INTERVAL 1 MINUTE)) AS timestamp)");
        sql("INSERT INTO instruments (symbol, known_at, size_decimals, spot, delisted, received_ns, journal_seq)"
                + " VALUES ('BTC', TIMESTAMPTZ '2026-11-01 00:00:00Z', 2, false, false, 0, 1)");
    }

    /** An hour and a quarter behind the day: once more in the next hour the exchange is asked of its last minutes. */
    @Test
    void shouldCertifyADayOnceItIsSettledAndNotAgain() throws Exception {
        try (Database database = database();
                Reading reading = Reading.of(database)) {
            DayCertificates daemon = daemon(reading);
            assertFalse(daemon.work(), "the time is not known");
            at("2026-11-22T01:14:59Z");
            assertTrue(daemon.work());
            assertEquals(List.of("symbol=BTC/date=2026-11-20/1m.txt"), files());
            assertEquals(1, counters.value("quality.certificates"));
            assertFalse(daemon.work(), "nothing is due");
            at("2026-11-22T01:15:00Z");
            assertTrue(daemon.work());
            assertEquals(List.of("symbol=BTC/date=2026-11-20/1m.txt", "symbol=BTC/date=2026-11-21/1m.txt"), files());
            assertEquals(20_778, counters.value("quality.certified-day"), "2026-11-21");
            assertFalse(daemon.work());
            assertTrue(daemon(reading).work(), "after a restart");
            assertEquals(2, counters.value("quality.certificates"), "what is there stays");
            assertEquals(List.of(), errors.entries());
        }
    }

    @Test
    void shouldWaitWhereTheExchangeHasToBeAskedAgain() throws Exception {
        sql(
                "INSERT INTO ohlcv_bars SELECT * REPLACE ('exchange' AS source, 5 AS trade_count,"
                        + " TIMESTAMPTZ '2026-11-22 00:00:10Z' AS known_at) FROM ohlcv_bars WHERE timestamp = '2026-11-21 23:30:00Z'");
        List<String> asked = new ArrayList<>();
        DayCertificates daemon = new DayCertificates(config, () -> tables, () -> venueMs, () -> 0, counters, errors)
                .rereading((coins, fromMs, toMs) ->
                        asked.add(coins + " " + Instant.ofEpochMilli(fromMs) + " " + Instant.ofEpochMilli(toMs)));
        at("2026-11-22T01:15:00Z");
        assertTrue(works(daemon));
        assertEquals(List.of("symbol=BTC/date=2026-11-20/1m.txt"), files());
        assertEquals(1, counters.value("quality.certificates-pending"));
        assertEquals(List.of("[BTC] 2026-11-21T00:00:00Z 2026-11-22T00:00:00Z"), asked);
        assertEquals(
                Optional.of("1 day that is over and not certified yet; see millrace quality show"),
                DayCertificates.warning(counters));
        sql("INSERT INTO collected VALUES ('BTC', '1m', '2026-11-21 23:30:00Z', '2026-11-21 23:31:00Z', 1,"
                + " epoch_ns(TIMESTAMPTZ '2026-11-22 01:20:00Z'), 5000)");
        at("2026-11-22T02:14:00Z");
        assertFalse(works(daemon), "an hour at a time");
        at("2026-11-22T02:15:00Z");
        assertTrue(works(daemon));
        assertEquals(2, files().size());
        assertEquals(0, counters.value("quality.certificates-pending"));
        assertEquals(Optional.empty(), DayCertificates.warning(counters));
        assertEquals(1, asked.size());
        String text = Files.readString(certificates().resolve("symbol=BTC/date=2026-11-21/1m.txt"));
        assertTrue(text.contains("\ncompared.count = 1\n"), text);
    }

    /** 5,000 minutes behind the day the exchange keeps none of it. */
    @Test
    void shouldCertifyAsItIsWhatTheExchangeCannotBeAskedOfAnyMore() throws Exception {
        sql(
                "INSERT INTO ohlcv_bars SELECT * REPLACE ('exchange' AS source, 5 AS trade_count,"
                        + " TIMESTAMPTZ '2026-11-22 00:00:10Z' AS known_at) FROM ohlcv_bars WHERE timestamp = '2026-11-21 23:30:00Z'");
        sql("INSERT INTO ohlcv_bars SELECT * REPLACE (TIMESTAMPTZ '2026-11-25 11:00:00Z' AS timestamp) FROM ohlcv_bars"
                + " WHERE timestamp = '2026-11-22 00:00:00Z'");
        DayCertificates daemon = new DayCertificates(config, () -> tables, () -> venueMs, () -> 0, counters, errors);
        at("2026-11-25T11:19:59Z");
        assertTrue(works(daemon));
        assertEquals(List.of("symbol=BTC/date=2026-11-20/1m.txt", "symbol=BTC/date=2026-11-22/1m.txt"), files());
        at("2026-11-25T12:20:00Z");
        assertTrue(works(daemon));
        String text = Files.readString(certificates().resolve("symbol=BTC/date=2026-11-21/1m.txt"));
        assertTrue(text.contains("\nstate = pending\n") && text.contains("\noutstanding = 1\n"), text);
        assertEquals(0, counters.value("quality.days-uncertified"));
        assertTrue(works(new DayCertificates(config, () -> tables, () -> venueMs, () -> 0, counters, errors)));
        assertEquals(3, counters.value("quality.certificates"), "not anew at each start");
    }

    /** Forty days before there are three; each takes longer than may be spent at once. */
    @Test
    void shouldCatchUpOldestFirstAFewAtATime() throws Exception {
        sql("INSERT INTO ohlcv_bars SELECT * REPLACE (timestamp - to_days(40) AS timestamp) FROM ohlcv_bars");
        long[] nanos = {0};
        DayCertificates daemon = new DayCertificates(
                config, () -> tables, () -> venueMs, () -> nanos[0] += 10_000_000_000L, counters, errors);
        at("2026-11-22T01:15:00Z");
        assertTrue(works(daemon));
        assertEquals(List.of("symbol=BTC/date=2026-10-11/1m.txt"), files());
        assertEquals(4, counters.value("quality.days-uncertified"));
        assertFalse(works(daemon), "others use the tables as well");
        at("2026-11-22T01:16:00Z");
        assertTrue(works(daemon));
        assertEquals(List.of("symbol=BTC/date=2026-10-11/1m.txt", "symbol=BTC/date=2026-10-12/1m.txt"), files());
        for (String time : List.of("2026-11-22T01:17:00Z", "2026-11-22T01:18:00Z", "2026-11-22T01:19:00Z")) {
            at(time);
            assertTrue(works(daemon));
        }
        assertEquals(5, files().size());
        assertEquals(0, counters.value("quality.days-uncertified"));
    }

    private boolean works(DayCertificates daemon) throws InterruptedException {
        try (Database database = database();
                Reading reading = Reading.of(database)) {
            tables = Optional.of(reading);
            return daemon.work();
        }
    }

    @Test
    void shouldGoOnWhenTheTablesAreOpenAgain() throws Exception {
        at("2026-11-22T01:15:00Z");
        assertFalse(daemon(Optional.empty()).work());
        Optional<Reading> closed;
        try (Database database = database();
                Reading reading = Reading.of(database)) {
            closed = Optional.of(reading);
        }
        DayCertificates daemon = daemon(closed);
        assertTrue(daemon.work());
        assertEquals(1, errors.entries().size());
        assertEquals(List.of(), files());
        assertFalse(daemon.work(), "not each second");
        at("2026-11-22T01:16:00Z");
        assertTrue(daemon.work());
    }

    private DayCertificates daemon(Reading reading) {
        return daemon(Optional.of(reading));
    }

    private DayCertificates daemon(Optional<Reading> reading) {
        return new DayCertificates(config, () -> reading, () -> venueMs, () -> 0, counters, errors);
    }

    private void at(String time) {
        venueMs = Instant.parse(time).toEpochMilli();
    }

    private Path certificates() {
        return config.data().lake().resolve("_certificates");
    }

    private List<String> files() throws IOException {
        if (!Files.exists(certificates())) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(certificates())) {
            return all.filter(Files::isRegularFile)
                    .map(file -> certificates().relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    private Database database() {
        return Database.open(
                config.data().database(), config.data().lake(), config.data().spill(), config.store(), "test");
    }

    private void sql(String text) throws SQLException {
        try (Connection duck = DriverManager.getConnection(
                        "jdbc:duckdb:" + config.data().database());
                Statement statement = duck.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
            statement.execute(text);
        }
    }
}
