package dev.millrace.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.config.ConfigLoader;
import dev.millrace.config.EngineConfig;
import dev.millrace.ops.EngineVersion;
import dev.millrace.store.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gaps} where it has nothing to list: no gap must not be mixed up with nothing known. */
class GapsCommandTest {

    @TempDir
    Path folder;

    @BeforeEach
    void recordAMinute() throws SQLException {
        EngineConfig config = new ConfigLoader(Map.of(), 2)
                .load(List.of(), List.of("data.dir=" + folder))
                .engine();
        Path database = config.data().database();
        Database.open(database, config.data().lake(), config.data().spill(), config.store(), EngineVersion.text())
                .close();
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:" + database);
                Statement statement = duck.createStatement()) {
            statement.execute("INSERT INTO ohlcv_bars (symbol, timeframe, basis, source, timestamp, complete, repaired,"
                    + " revision, known_at) VALUES ('BTC', '1m', 'trade', 'own', TIMESTAMPTZ '2026-11-21 00:00:00Z',"
                    + " true, false, 0, TIMESTAMPTZ '2026-11-21 00:01:00Z')");
        }
    }

    @Test
    void shouldSayThatARecordedCoinHasNone() {
        CommandRun run = run("BTC");
        assertEquals(0, run.code(), run.err());
        assertEquals("no gaps of BTC\n", run.err());
        CommandRun then = run("--from", "2026-11-20", "--to", "2026-11-22");
        assertEquals(0, then.code(), then.err());
        assertEquals("no gaps in that time\n", then.err());
    }

    @Test
    void shouldPromiseNothingOfACoinThatWasNeverRecorded() {
        CommandRun run = run("BTCC");
        assertEquals(2, run.code(), run.err());
        assertTrue(run.err().startsWith("millrace gaps: there are neither gaps nor bars of BTCC; "), run.err());
        Path file = folder.resolve("gaps.csv");
        assertEquals(2, run("BTCC", "--format", "csv", "--out", file.toString()).code());
        assertTrue(Files.notExists(file), "nothing half-written");
    }

    @Test
    void shouldRefuseATimeThatEndsBeforeItBegins() {
        CommandRun run = run("--from", "2026-11-22", "--to", "2026-11-21");
        assertEquals(2, run.code(), run.err());
        assertTrue(
                run.err().contains("--from 2026-11-22T00:00:00Z is not before --to 2026-11-21T00:00:00Z"), run.err());
    }

    private CommandRun run(String... args) {
        List<String> all = new ArrayList<>(List.of("gaps"));
        all.addAll(List.of(args));
        all.addAll(List.of("--set", "data.dir=" + folder));
        return CommandRun.of(all.toArray(String[]::new));
    }
}
