package dev.millrace.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.config.StoreConfig;
import dev.millrace.lake.Lake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of the lake that is whole when a query is planned, torn to the eye when it is read, and whole again. */
class ReplacedFileTest {

    private static final Limits LIMITS = new Limits(1_000, Duration.ofMinutes(1));
    private static final StoreConfig ONE_THREAD =
            new StoreConfig(Duration.ofSeconds(1), 1_000, 1 << 20, Duration.ZERO, 256L << 20, 1, 4L << 30, true);
    private static final String FILE = "lake/tick_data/symbol=B/date=2026-11-22/tick_data.parquet";

    @TempDir
    Path folder;

    @Test
    void shouldAskOnceMoreWhenAFileWasReplaced() throws Exception {
        assertEquals(List.of(List.of(6L, 1L)), answer(1));
    }

    @Test
    void shouldTellOfAFileThatIsTornTheSecondTimeToo() {
        RuntimeException told = assertThrows(RuntimeException.class, () -> answer(2));
        assertTrue(told.getMessage().contains("No magic bytes found at end of file"), told.getMessage());
    }

    /** DuckDB's driver ends such an answer as if it had no more rows. */
    @Test
    void shouldTellOfAFileThatIsTornBehindTheFirstRows() throws Exception {
        Path torn = rolled();
        replace(Arrays.copyOf(Files.readAllBytes(torn), 100));
        AtomicInteger rows = new AtomicInteger();
        ResultSink counting = new ResultSink() {
            @Override
            public void columns(List<ResultColumn> columns) {
                // known
            }

            @Override
            public void row(List<Object> values) {
                rows.incrementAndGet();
            }
        };
        try (Database database =
                        Database.ofLake(new Lake(folder.resolve("lake")), folder.resolve("spill"), ONE_THREAD, "test");
                Queries queries = new Queries(database)) {
            RuntimeException told = assertThrows(
                    StoreException.class,
                    () -> queries.select(
                            "SELECT symbol, unnest(range(300_000)) FROM ticks",
                            new Limits(10_000_000, Duration.ofMinutes(1)),
                            counting));
            assertTrue(told.getMessage().startsWith("the query failed behind its first rows: "), told.getMessage());
            assertTrue(told.getMessage().contains(torn.toString()), told.getMessage());
        }
        assertTrue(rows.get() > 0);
    }

    /** The only value of the query is asked for between its planning and its run. */
    private List<List<Object>> answer(int timesTorn) throws IOException, SQLException {
        byte[] whole = Files.readAllBytes(rolled());
        CollectedRows rows = new CollectedRows();
        try (Database database = open();
                Queries queries = new Queries(database)) {
            List<Object> values = new AbstractList<>() {
                private int asked;

                @Override
                public Object get(int index) {
                    asked++;
                    replace(asked <= timesTorn ? Arrays.copyOf(whole, whole.length - 1) : whole);
                    return 1L;
                }

                @Override
                public int size() {
                    return 1;
                }
            };
            queries.prepared("SELECT sum(volume * 1e8)::BIGINT, max(?) FROM ticks", values, LIMITS, rows);
        }
        return rows.rows();
    }

    /** Three trades of each of two symbols have left the tables; gives the second's file. */
    private Path rolled() throws SQLException {
        try (SmallStore store = new SmallStore(folder, Duration.ZERO, Duration.ofDays(9_999))) {
            for (int i = 0; i < 3; i++) {
                store.trade("A", SmallStore.YESTERDAY_MS + i);
                store.trade("B", SmallStore.YESTERDAY_MS + i);
            }
            store.roll(SmallStore.TOMORROW_MS);
        }
        return folder.resolve(FILE);
    }

    private Database open() {
        return Database.open(
                folder.resolve("millrace.duckdb"), folder.resolve("lake"), folder.resolve("spill"), ONE_THREAD, "test");
    }

    private void replace(byte[] bytes) {
        try {
            Path beside = folder.resolve("next.tmp");
            Files.write(beside, bytes);
            Files.move(beside, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
