package dev.millrace.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.millrace.lake.Lake;
import dev.millrace.lake.Partition;
import dev.millrace.tables.Dataset;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Odd names, old rows, foreign and torn files, a full disk: no row is lost or doubled, and words say what is wrong. */
@Timeout(300)
class StoreFaultsTest {

    private static final List<String> SYMBOLS =
            List.of("#250", "@107", "BTC", "KPEPE", "PURR/USDC", "kPEPE", "xyz:TSLA", "it's 100%");
    private static final Duration FOR_EVER = Duration.ofDays(100_000);
    private static final long YESTERDAY = SmallStore.YESTERDAY_MS;
    private static final long TOMORROW = SmallStore.TOMORROW_MS;
    private static final String EACH = "SELECT symbol, count(*), min(price) FROM ticks GROUP BY 1 ORDER BY min(price)";

    @TempDir
    Path folder;

    @Test
    void shouldKeepSymbolsApartInTablesViewsAndLake() throws SQLException {
        try (SmallStore store = new SmallStore(folder, Duration.ZERO, FOR_EVER)) {
            SYMBOLS.forEach(symbol -> store.trade(symbol, YESTERDAY));
            store.roll(YESTERDAY);
            List<String> hot = store.query(EACH);
            assertEquals("#250 1 1.0", hot.get(0));
            assertEquals(SYMBOLS.size(), hot.size());
            store.roll(TOMORROW);
            assertEquals(List.of("0"), store.query("SELECT count(*) FROM tick_data"));
            assertEquals(hot, store.query(EACH));
            assertEquals(List.of("kPEPE 6.0"), store.query("SELECT symbol, price FROM ticks WHERE symbol = 'kPEPE'"));
            assertEquals(List.of("PURR/USDC"), store.query("SELECT symbol FROM ticks WHERE symbol LIKE 'PURR/%'"));
        }
        assertEquals(
                List.of(), new Lake(folder.resolve("lake")).verify(bytes -> {}).problems());
    }

    @Test
    void shouldReadBesideATornFileAndForeignOnes() throws SQLException, IOException {
        Lake lake = new Lake(folder.resolve("lake"));
        try (SmallStore store = new SmallStore(folder, Duration.ZERO, FOR_EVER)) {
            List.of("A", "B").forEach(symbol -> store.trade(symbol, YESTERDAY));
            store.roll(TOMORROW);
            Path torn = lake.file(new Partition(Dataset.TICK_DATA, "A", LocalDate.of(2026, 11, 22)));
            Files.writeString(torn, "torn", StandardCharsets.UTF_8);
            Files.writeString(torn.resolveSibling("notes.json"), "{}", StandardCharsets.UTF_8);
            Files.writeString(torn.resolveSibling("other.parquet"), "PAR1", StandardCharsets.UTF_8);
            assertEquals(List.of("B 2.0"), store.query("SELECT symbol, price FROM ticks WHERE symbol = 'B'"));
            SQLException refused =
                    assertThrows(SQLException.class, () -> store.query("SELECT * FROM ticks WHERE symbol = 'A'"));
            assertTrue(refused.getMessage().contains(torn.toString()), refused::getMessage);
            List<String> problems = lake.verify(bytes -> {}).problems();
            assertEquals(3, problems.size(), problems::toString);
        }
        try (SmallStore again = new SmallStore(folder, Duration.ZERO, FOR_EVER)) {
            assertEquals(List.of("B 2.0"), again.query("SELECT symbol, price FROM ticks WHERE symbol = 'B'"));
        }
        assertReadsAlone(lake, "B", 1);
        assertThrows(RefusedException.class, () -> assertReadsAlone(lake, "A", 1));
    }

    private void assertReadsAlone(Lake lake, String symbol, long trades) throws IOException {
        CollectedRows rows = new CollectedRows();
        try (Database database = Database.ofLake(lake, folder.resolve("spill"), SomeTables.CONFIG, "test");
                Queries queries = new Queries(database)) {
            queries.select(
                    "SELECT count(*) FROM ticks WHERE symbol = '" + symbol + "'",
                    new Limits(10, Duration.ofMinutes(1)),
                    rows);
        }
        assertEquals(List.of(List.of(trades)), rows.rows());
    }

    @Test
    void shouldForgetWhenMinutesWereReadWithTheirDays() throws SQLException {
        try (SmallStore store = new SmallStore(folder, Duration.ZERO, Duration.ofDays(2))) {
            for (long days : List.of(9, 3, 0)) {
                store.collected("1m", SmallStore.TODAY_MS - days * SmallStore.DAY_MS);
                store.collected("1h", SmallStore.TODAY_MS - days * SmallStore.DAY_MS);
            }
            store.roll(SmallStore.TODAY_MS);
            assertEquals(
                    List.of("1h 3", "1m 2"),
                    store.query("SELECT kind, count(*) FROM collected GROUP BY kind ORDER BY kind"),
                    "three days old is within what the venue keeps; hours are few, and would be asked for again");
            store.commit();
        }
    }

    @Test
    void shouldLetGoOfWhatHasOutlivedItsTime() throws SQLException {
        Duration twoDays = Duration.ofDays(2);
        try (SmallStore store = new SmallStore(folder, Duration.ZERO, twoDays)) {
            store.trade("A", YESTERDAY);
            store.mid("A", YESTERDAY);
            store.mid("A", SmallStore.TODAY_MS + 1);
            store.roll(SmallStore.TODAY_MS + 2);
            assertEquals(List.of("1"), store.query("SELECT count(*) FROM mids"));
            assertEquals(List.of("1"), store.query("SELECT count(*) FROM ticks"));
            store.roll(SmallStore.TODAY_MS + 2 * SmallStore.DAY_MS);
            assertEquals(List.of("0"), store.query("SELECT count(*) FROM ticks"));
            assertEquals(List.of("0"), store.query("SELECT count(*) FROM partitions"));
        }
        assertEquals(List.of(), new Lake(folder.resolve("lake")).partitions());
    }

    /** In a process of its own: DuckDB resolves paths, so it must see the small disk where everybody does. */
    @Test
    void shouldLoseNothingOnADiskThatFills() throws Exception {
        runOnADisk("mount -t tmpfs -o size=48m tmpfs '" + folder + "' || exit 77;", FullDiskStore.class);
    }

    @Test
    void shouldSayWhatToDoWhereItMayNotWrite() throws Exception {
        runOnADisk(
                "mount -t tmpfs tmpfs '" + folder + "' && mkdir '" + folder + "/there' && mount -o remount,ro '"
                        + folder + "' || exit 77;",
                ReadOnlyStore.class);
    }

    /** The program sees a disk of its own on the test's folder. */
    private void runOnADisk(String mount, Class<?> program) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String command = mount + " exec '" + java + "' -cp '" + System.getProperty("java.class.path") + "' "
                + program.getName() + " '" + folder + "'";
        Process process = start("unshare", "-rm", "sh", "-c", command);
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        assumeTrue(code != 77 && !said.startsWith("unshare:"), () -> "the kernel refuses a mount namespace: " + said);
        assertEquals(0, code, said);
    }

    private static Process start(String... command) {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            assumeTrue(false, "there is no unshare: " + e.getMessage());
            throw new IllegalStateException(e);
        }
    }
}
