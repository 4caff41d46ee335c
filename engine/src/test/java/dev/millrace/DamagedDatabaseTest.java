package dev.millrace;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.config.EngineConfig;
import dev.millrace.config.JournalConfig;
import dev.millrace.journal.JournalWriter;
import dev.millrace.lake.Lake;
import dev.millrace.lake.Partition;
import dev.millrace.market.MarketEvent;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.ErrorLog;
import dev.millrace.pipeline.LocalClock;
import dev.millrace.pipeline.RandomJournal;
import dev.millrace.tables.Dataset;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tables that were lost come again from the lake and the journal: each row once, none missing, the damaged bytes kept. */
@Tag("stress")
@Tag("stress-daemon")
@Timeout(300)
class DamagedDatabaseTest {

    private static final long SEED = 42;
    private static final String[] TO_THE_LAKE = {"store.keep=0 s", "lake.roll-interval=50 ms"};

    @TempDir
    static Path sound;

    private static List<String> expected;
    private static long end;

    @TempDir
    Path folder;

    /** Several days, of which the lake has the closed ones and an hourly copy of the last. */
    @BeforeAll
    static void store() throws Exception {
        List<MarketEvent> records = RandomJournal.records(SEED, 1_500);
        JournalConfig config = JournalConfig.keepingAll(Duration.ofHours(1), 64);
        try (JournalWriter writer =
                JournalWriter.open(Daemon.journal(sound), config, LocalClock.system(), new Counters())) {
            records.forEach(event -> writer.append(event.copy()));
            end = writer.lastSequence();
        }
        ExpectedRows rows = ExpectedRows.of(Daemon.journal(sound));
        assertTrue(rows.count() > 500, () -> "too little to prove anything: " + rows.count());
        expected = rows.lastText();
        Counters counters = new Counters();
        run(
                sound,
                counters,
                new ErrorLog(Clock.systemUTC()),
                () -> counters.value("lake.flips") > 5 && ticksInLake(sound).isPresent(),
                TO_THE_LAKE);
        assertStored(sound);
    }

    @BeforeEach
    void copy() throws IOException {
        try (Stream<Path> files = Files.walk(sound)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(sound.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    @Test
    void shouldMakeATruncatedDatabaseAgain() throws Exception {
        byte[] whole = Files.readAllBytes(database());
        Files.write(database(), Arrays.copyOf(whole, whole.length / 2));
        assertMadeAgain();
    }

    @Test
    void shouldMakeADatabaseWithADamagedLogAgain() throws Exception {
        Files.writeString(database(), "no database", StandardCharsets.UTF_8);
        Files.writeString(log(database()), "nor its log", StandardCharsets.UTF_8);
        Path aside = assertMadeAgain();
        assertEquals("nor its log", Files.readString(log(aside)));
    }

    /** It opens, and a pass of the lake's thread or a commit meets the block. */
    @Test
    void shouldMakeADatabaseAgainWhoseDamageIsMetWhileItIsUsed() throws Exception {
        byte[] whole = Files.readAllBytes(database());
        int block = hiddenDamage(whole);
        whole[block + 1_000] ^= 1;
        Files.write(database(), whole);
        ErrorLog errors = new ErrorLog(Clock.systemUTC());
        run(
                folder,
                new Counters(),
                errors,
                () -> errors.entries().stream()
                        .anyMatch(entry -> entry.message().contains("set aside as")),
                TO_THE_LAKE);
        catchUp(new ErrorLog(Clock.systemUTC()));
        assertTrue(Files.exists(setAside()));
        assertStored(folder);
    }

    /** Where a block begins that is not read when the file is opened, but holds rows of a table. */
    private int hiddenDamage(byte[] whole) throws IOException {
        Path copy = folder.resolve("copy.duckdb");
        for (int block = 3 * 4_096; block < whole.length; block += 262_144) {
            byte[] bytes = whole.clone();
            bytes[block + 1_000] ^= 1;
            Files.write(copy, bytes);
            try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + copy);
                    Statement statement = connection.createStatement()) {
                statement.execute("SELECT max(committed_sequence), max(received_ns) FROM position");
                statement.execute("SELECT count(side), max(seq_to), max(date) FROM partitions");
                try {
                    statement.execute("SELECT max(symbol), max(journal_seq), max(timestamp) FROM tick_data");
                } catch (SQLException expected) {
                    return block;
                }
            } catch (SQLException ignored) {
                // A block that every opening reads.
            }
        }
        throw new AssertionError("no block of rows in " + whole.length + " bytes");
    }

    @Test
    void shouldMakeADeletedDatabaseAgainWhoseLogWasLeft() throws Exception {
        Files.delete(database());
        Files.writeString(log(database()), "of a database that is gone", StandardCharsets.UTF_8);
        ErrorLog errors = new ErrorLog(Clock.systemUTC());
        catchUp(errors);
        assertEquals(List.of(), errors.entries());
        assertStored(folder);
    }

    @Test
    void shouldTakeFromTheJournalWhatADamagedFileOfTheLakeHeld() throws Exception {
        Lake lake = new Lake(folder.resolve("lake"));
        Partition torn = ticksInLake(folder).orElseThrow();
        Files.write(lake.file(torn), Arrays.copyOf(Files.readAllBytes(lake.file(torn)), 100));
        Files.delete(database());
        catchUp(new ErrorLog(Clock.systemUTC()));
        assertStored(folder);
        assertTrue(Files.exists(folder.resolve("lake/_damaged/" + torn.path() + "_damaged")));
    }

    @Test
    void shouldRefuseALakeOfAnotherJournal() throws Exception {
        Files.delete(database());
        Map<Path, String> lake = contents(folder.resolve("lake"));
        Files.move(Daemon.journal(folder), folder.resolve("elsewhere"));
        JournalConfig config = JournalConfig.keepingAll(Duration.ofHours(1), 64);
        try (JournalWriter writer =
                JournalWriter.open(Daemon.journal(folder), config, LocalClock.system(), new Counters())) {
            RandomJournal.records(SEED + 1, 50).forEach(event -> writer.append(event.copy()));
        }
        ErrorLog errors = new ErrorLog(Clock.systemUTC());
        run(folder, new Counters(), errors, () -> !errors.entries().isEmpty());
        assertTrue(
                errors.entries().get(0).message().contains("they do not belong together; set data.lake"),
                () -> errors.entries().toString());
        assertEquals(lake, contents(folder.resolve("lake")), "left alone");
        assertEquals(List.of(), TableRows.read(database()), "nothing of the other journal");
        Files.move(Daemon.journal(folder), folder.resolve("other"));
        Files.move(folder.resolve("elsewhere"), Daemon.journal(folder));
        ErrorLog none = new ErrorLog(Clock.systemUTC());
        catchUp(none);
        assertEquals(List.of(), none.entries());
        assertStored(folder);
    }

    /** Each file with its bytes. */
    private static Map<Path, String> contents(Path folder) throws IOException {
        Map<Path, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(file, Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return contents;
    }

    private static Optional<Partition> ticksInLake(Path folder) {
        return new Lake(folder.resolve("lake"))
                .partitions().stream()
                        .filter(partition -> partition.dataset() == Dataset.TICK_DATA)
                        .findFirst();
    }

    private Path assertMadeAgain() throws Exception {
        byte[] damaged = Files.readAllBytes(database());
        ErrorLog errors = new ErrorLog(Clock.systemUTC());
        catchUp(errors);
        Path aside = setAside();
        assertArrayEquals(damaged, Files.readAllBytes(aside));
        assertEquals(1, errors.entries().size(), () -> errors.entries().toString());
        String report = errors.entries().get(0).message();
        assertTrue(report.contains("set aside as " + aside), report);
        assertStored(folder);
        Counters counters = new Counters(); // and what the lake holds twice now leaves the tables
        run(folder, counters, new ErrorLog(Clock.systemUTC()), () -> counters.value("lake.flips") > 5, TO_THE_LAKE);
        assertStored(folder);
        return aside;
    }

    private Path setAside() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("millrace\\.duckdb\\.damaged-[0-9TZ.]+"))
                    .filter(file -> !file.toString().endsWith(".wal"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void assertStored(Path folder) throws Exception {
        Path database = folder.resolve("millrace.duckdb");
        assertEquals(
                TableRows.lasting(expected), TableRows.lasting(TableRows.readViews(database)), () -> "seed " + SEED);
    }

    private void catchUp(ErrorLog errors) {
        Counters counters = new Counters();
        run(folder, counters, errors, () -> counters.value("store.sequence") >= end);
    }

    private static void run(
            Path folder, Counters counters, ErrorLog errors, BooleanSupplier enough, String... settings) {
        EngineConfig config =
                Daemon.config(folder, URI.create("ws://127.0.0.1:1/ws"), URI.create("http://127.0.0.1:1"), settings);
        try (StoreRole store = StoreRole.start(config, () -> {}, counters, errors)) {
            Waiting.until("the store " + store.problem(), enough);
        }
    }

    private Path database() {
        return folder.resolve("millrace.duckdb");
    }

    private static Path log(Path database) {
        return database.resolveSibling(database.getFileName() + ".wal");
    }
}
