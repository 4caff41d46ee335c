package dev.millrace.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.AbstractList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DuckDB opens a file of the lake when it plans a query and again when it runs it; between the two another may lie there. */
class ReplacedFileTest {

    private static final Limits LIMITS = new Limits(1_000, Duration.ofMinutes(1));
    private static final String FILE = "lake/tick_data/symbol=BTC/date=2026-11-22/tick_data.parquet";
    private static final String SQL = "SELECT count(*) FROM ticks WHERE symbol = ?";

    @TempDir
    Path folder;

    @Test
    void shouldAskAgainWhenAFileWasReplaced() throws Exception {
        Path later = rolled("later", 5_000);
        rolled("store", 3);
        Path file = folder.resolve("store").resolve(FILE);
        try (Database database = open("store");
                Queries queries = new Queries(database)) {
            CollectedRows rows = new CollectedRows();
            List<Object> values = new AbstractList<>() {
                @Override
                public Object get(int index) {
                    replace(file, later);
                    return "BTC";
                }

                @Override
                public int size() {
                    return 1;
                }
            };
            queries.prepared(SQL, values, LIMITS, rows);
            assertEquals(List.of(List.of(5_000L)), rows.rows());
        }
    }

    /** The file of a store that holds so many trades of a day. */
    private Path rolled(String name, int trades) throws SQLException {
        try (SmallStore store = new SmallStore(folder.resolve(name), Duration.ZERO, Duration.ofDays(9_999))) {
            for (int i = 0; i < trades; i++) {
                store.trade("BTC", SmallStore.YESTERDAY_MS + i);
            }
            store.roll(SmallStore.TOMORROW_MS);
        }
        return folder.resolve(name).resolve(FILE);
    }

    private Database open(String name) {
        Path at = folder.resolve(name);
        return Database.open(
                at.resolve("millrace.duckdb"), at.resolve("lake"), at.resolve("spill"), SomeTables.CONFIG, "test");
    }

    private static void replace(Path file, Path by) {
        try {
            Path beside = file.resolveSibling("next.tmp");
            Files.copy(by, beside, StandardCopyOption.REPLACE_EXISTING);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
