package dev.millrace.tools;

import dev.millrace.lake.Compression;
import dev.millrace.lake.Lake;
import dev.millrace.lake.LakeWriter;
import dev.millrace.lake.Partition;
import dev.millrace.lake.PartitionReader;
import dev.millrace.tables.Dataset;
import dev.millrace.tables.Row;
import dev.millrace.tables.RowCursor;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;

/** Takes rows out of tables and lake behind the program's back; what is left reads as sound. */
record Wear(Path data) {

    static Wear of(Path data) {
        return new Wear(data);
    }

    void damage() throws SQLException {
        Partition first;
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + data.resolve("millrace.duckdb"));
                Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM tick_data WHERE trade_id % 2 = 0");
            statement.execute("UPDATE ohlcv_bars SET close = close + 1 WHERE timeframe = '1m'");
            try (ResultSet row = statement.executeQuery(
                    "SELECT dataset, symbol, date FROM partitions WHERE side = 'lake' AND rows > 1 ORDER BY ALL")) {
                row.next();
                first = new Partition(
                        Dataset.of(row.getString(1)).orElseThrow(),
                        row.getString(2),
                        row.getObject(3, LocalDate.class));
            }
        }
        PartitionReader rows = new Lake(data.resolve("lake")).read(first);
        new LakeWriter(data.resolve("lake"), Compression.ZSTD, "a stranger")
                .replace(first, new AllButTheFirst(rows), rows.facts().sequences());
    }

    private static final class AllButTheFirst implements RowCursor {

        private final RowCursor rows;

        AllButTheFirst(RowCursor rows) {
            this.rows = rows;
            rows.next();
        }

        @Override
        public boolean next() {
            return rows.next();
        }

        @Override
        public Row row() {
            return rows.row();
        }

        @Override
        public void close() {
            rows.close();
        }
    }
}
