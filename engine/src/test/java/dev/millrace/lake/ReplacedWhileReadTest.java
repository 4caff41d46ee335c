package dev.millrace.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.tables.Dataset;
import dev.millrace.tables.Row;
import dev.millrace.tables.RowCursor;
import dev.millrace.tables.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * DuckDB, set as it is for everybody, reads the footer of a file when it plans a query and opens the file again for the rows:
 * of a file that is replaced in between it gives an error, never the rows of one version as many as another has.
 */
class ReplacedWhileReadTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 22);
    private static final Partition TICKS = new Partition(Dataset.TICK_DATA, "B", DAY);
    private static final Schema SCHEMA = Dataset.TICK_DATA.schema();

    /** Versions of one more row each have the same offsets. */
    private static final int SHORTEST = 2_000;

    /** Rows of the file that is read first: more than one step of a query takes. */
    private static final int FIRST = 10_000;

    private static final List<String> COLUMNS =
            List.of("timestamp", "trade_id", "side", "price", "volume", "received_ns", "journal_seq");

    @TempDir
    Path folder;

    private LakeWriter lake;
    private Path file;
    private DuckDBConnection duck;

    @BeforeEach
    void open() throws SQLException {
        lake = new LakeWriter(folder, Compression.ZSTD, "test 1");
        lake.replace(new Partition(Dataset.TICK_DATA, "A", DAY), new Ticks(FIRST, 0), SequenceRange.NONE);
        file = lake.lake().file(TICKS);
        duck = DriverManager.getConnection("jdbc:duckdb:").unwrap(DuckDBConnection.class);
    }

    @AfterEach
    void close() throws SQLException {
        duck.close();
    }

    @Test
    void shouldFailAQueryThatWasPlannedByTheVersionBefore() throws SQLException {
        lake.replace(TICKS, version(0), SequenceRange.NONE);
        assertFails(1, this::replace);
        assertFails(2, this::replace);
    }

    @Test
    void shouldFailAQueryThatWasPlannedSomeVersionsBefore() throws SQLException {
        lake.replace(TICKS, version(0), SequenceRange.NONE);
        assertFails(7, number -> {
            for (int i = 1; i <= number; i++) {
                replace(i);
            }
        });
    }

    @Test
    void shouldFailAQueryThatWasPlannedByADeletedFile() throws SQLException {
        lake.replace(TICKS, version(0), SequenceRange.NONE);
        assertFails(1, number -> deleteAndReplace(number, new LakeWriter(folder, Compression.ZSTD, "test 1")));
        assertFails(2, number -> deleteAndReplace(number, lake));
        assertFails(3, number -> {
            LakeWriter.setAside(lake.lake(), TICKS);
            replace(number);
        });
    }

    /** @param next goes on after the deletion */
    private void deleteAndReplace(int number, LakeWriter next) {
        lake.delete(TICKS);
        next.replace(TICKS, version(number), SequenceRange.NONE);
    }

    @Test
    void shouldForgetADeletionAfterAWhile() throws IOException {
        replace(0);
        lake.delete(TICKS);
        Path deleted = folder.resolve(DeletedFiles.NAME);
        age(deleted);
        replace(1);
        assertEquals(Room.TOP, PartitionReader.begin(file));
        lake.delete(TICKS);
        assertEquals(
                1,
                Files.readAllLines(deleted).stream()
                        .filter(line -> !line.isEmpty())
                        .count());
        replace(2);
        assertTrue(PartitionReader.begin(file) > Room.TOP);
        assertEquals(List.of(), lake.lake().verify(bytes -> {}).problems());
    }

    /** A version without a hole in place of one that had one. */
    @Test
    void shouldFailAQueryWhenTheFileBecomesShorter() throws SQLException, IOException {
        for (int i = 0; i < 4; i++) {
            replace(i);
        }
        settle();
        long before = Files.size(file);
        assertFails(4, this::replace);
        assertEquals(Room.TOP, PartitionReader.begin(file));
        assertTrue(Files.size(file) * 3 < before, () -> before + " bytes before, now " + size());
    }

    @Test
    void shouldFindRoomForManyVersionsOfADayUnderWay() throws SQLException, IOException {
        long longest = 0;
        for (int i = 0; i < 40; i++) {
            settle();
            lake.replaceForNow(TICKS, version(i), SequenceRange.NONE);
            longest = Math.max(longest, Files.size(file));
        }
        settle();
        replace(40);
        assertEquals(Room.TOP, PartitionReader.begin(file));
        long rows = Files.size(file);
        long most = longest;
        assertTrue(most < 8 * rows, () -> "up to " + most + " bytes for rows of " + rows);
    }

    /** The room in front of the old rows is chosen before the new ones are counted. */
    @Test
    void shouldWriteRowsBehindTheOldOnesWhenTheyTakeMoreRoomThanForeseen() throws IOException, SQLException {
        for (int i = 0; i < 4; i++) {
            replace(i);
        }
        settle();
        long begin = PartitionReader.begin(file);
        long end = Files.size(file);
        PartitionFacts written = lake.replace(TICKS, new Ticks(500_000, 9), new SequenceRange(3, 4));
        assertTrue(Files.size(file) - end > begin, "they would have fitted");
        assertEquals(end, PartitionReader.begin(file));
        assertEquals(written, lake.lake().verify(TICKS));
        assertEquals(500_000, lake.lake().facts(TICKS).rows());
        assertTrue(Files.notExists(Lake.temporary(file)));
    }

    @Test
    void shouldReplaceAFileThatIsNoneOfTheLake() throws IOException {
        replace(0);
        Files.writeString(file, "torn");
        replace(1);
        assertEquals(SHORTEST + 1, lake.lake().verify(TICKS).rows());
    }

    /** Nothing happened to this file for long. */
    private void settle() throws IOException {
        if (Files.exists(file)) {
            age(file);
        }
    }

    private static void age(Path file) throws IOException {
        Files.setLastModifiedTime(
                file, FileTime.fromMillis(Files.getLastModifiedTime(file).toMillis() - TimeUnit.HOURS.toMillis(1)));
    }

    private void replace(int number) {
        lake.replace(TICKS, version(number), SequenceRange.NONE);
    }

    @FunctionalInterface
    private interface Replacing {
        void upTo(int number);
    }

    /** Each query has read both footers and some rows of the first file when the second is replaced. */
    private void assertFails(int number, Replacing replacing) throws SQLException {
        List<Connection> connections = new ArrayList<>();
        List<ResultSet> begun = new ArrayList<>();
        for (String column : COLUMNS) {
            connections.add(streaming());
            begun.add(rows(connections.get(begun.size()), column));
            assertTrue(begun.get(begun.size() - 1).next());
        }
        replacing.upTo(number);
        for (int i = 0; i < COLUMNS.size(); i++) {
            try (Connection connection = connections.get(i)) {
                Map<String, Integer> counts = counts(begun.get(i));
                assertThrows(SQLException.class, () -> rows(connection, "side"), () -> "no error, but " + counts);
            }
        }
        try (Connection connection = streaming()) {
            assertEquals(
                    Map.of("A 1.0", FIRST, "B " + (1 + number) + ".0", SHORTEST + number),
                    counts(rows(connection, "price")));
        }
    }

    /** DuckDB as it is for everybody, but that it stops when it is some rows ahead. */
    private Connection streaming() throws SQLException {
        Connection connection = duck.duplicate();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET threads = 1");
            statement.execute("SET SESSION jdbc_stream_results = true");
            statement.execute("SET SESSION streaming_buffer_size = '1KB'");
        }
        connection.setAutoCommit(
                false); // a stream ends without a word at an error; its transaction is not of use any more
        return connection;
    }

    private ResultSet rows(Connection connection, String column) throws SQLException {
        return connection
                .createStatement()
                .executeQuery("SELECT symbol, " + column + " FROM read_parquet('" + folder
                        + "/tick_data/*/*/*.parquet', hive_partitioning = true, union_by_name = true)");
    }

    /** How many rows there are of each symbol and value. */
    private static Map<String, Integer> counts(ResultSet rows) throws SQLException {
        Map<String, Integer> counts = new TreeMap<>();
        try (rows) {
            while (rows.next()) {
                counts.merge(rows.getString(1) + " " + rows.getString(2), 1, Integer::sum);
            }
        }
        return counts;
    }

    private String size() {
        try {
            return Long.toString(Files.size(file));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static RowCursor version(int number) {
        return new Ticks(SHORTEST + number, number);
    }

    /** Ticks of one version, which their prices tell. */
    private static final class Ticks implements RowCursor {

        private final Row row = new Row(SCHEMA);
        private final int count;
        private final int version;
        private int made;

        Ticks(int count, int version) {
            this.count = count;
            this.version = version;
        }

        @Override
        public boolean next() {
            if (made == count) {
                return false;
            }
            row.clear();
            row.setLong(SCHEMA.column("timestamp"), DAY.toEpochDay() * 86_400_000_000L + made * 1_000L);
            row.setLong(SCHEMA.column("trade_id"), made);
            row.setText(SCHEMA.column("side"), "buy");
            row.setDouble(SCHEMA.column("price"), 1 + version);
            row.setDouble(SCHEMA.column("volume"), 1);
            row.setLong(SCHEMA.column("received_ns"), made);
            row.setLong(SCHEMA.column("journal_seq"), 1 + version);
            made++;
            return true;
        }

        @Override
        public Row row() {
            return row;
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
