package dev.millrace.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.config.StoreConfig;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchWriterTest {

    private static final StoreConfig CONFIG = new StoreConfig(
            Duration.ofSeconds(1), 100_000, 32L << 20, Duration.ofDays(3), 1L << 30, 1, 1L << 30, false);

    @TempDir
    Path folder;

    @Test
    void shouldLeaveNothingOfABatchThatFailsHalfWay() throws SQLException {
        try (Database database = open()) {
            BatchWriter writer = new BatchWriter(database);
            Batch batch = new Batch();
            tick(batch);
            barWithoutValues(batch);
            batch.reaches(7, 70);
            assertThrows(SQLException.class, () -> writer.write(batch));
            assertEquals(0, ticks(database));
            assertEquals(new Position(0, 0), database.position());
        }
    }

    @Test
    void shouldCommitRowsAndPosition() throws SQLException {
        try (Database database = open()) {
            BatchWriter writer = new BatchWriter(database);
            Batch batch = new Batch();
            tick(batch);
            batch.reaches(7, 70);
            writer.write(batch);
            assertEquals(1, ticks(database));
            assertEquals(new Position(7, 70), database.position());
        }
    }

    private Database open() {
        return Database.open(folder.resolve("db"), folder.resolve("lake"), folder.resolve("spill"), CONFIG, "test");
    }

    private static void tick(Batch batch) {
        batch.of(Table.TICK_DATA)
                .text("BTC")
                .time(1)
                .whole(1)
                .text("buy")
                .number(1)
                .number(1)
                .whole(70)
                .whole(7)
                .end();
    }

    private static void barWithoutValues(Batch batch) {
        RowBuffer bars = batch.of(Table.OHLCV_BARS);
        Table.OHLCV_BARS.columns().forEach(column -> bars.none());
        bars.end();
    }

    private static long ticks(Database database) throws SQLException {
        try (Connection other = database.connect();
                Statement statement = other.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM tick_data")) {
            row.next();
            return row.getLong(1);
        }
    }
}
