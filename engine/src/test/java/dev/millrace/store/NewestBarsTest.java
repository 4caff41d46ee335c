package dev.millrace.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NewestBarsTest {

    private static final int CAPACITY = 20;
    private static final long MINUTE_MS = 60_000;
    private static final long START_MS = Instant.parse(SomeTables.START).toEpochMilli();

    @TempDir
    Path folder;

    private SomeTables tables;
    private Queries queries;
    private BatchWriter writer;
    private NewestBars newest;
    private long sequence;

    @BeforeEach
    void open() throws SQLException {
        tables = new SomeTables(folder);
        queries = new Queries(tables.database);
        writer = new BatchWriter(tables.database);
        newest = new NewestBars(CAPACITY);
    }

    @AfterEach
    void close() {
        queries.close();
        tables.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldEqualTheTablesAfterEachCommit(long seed) throws SQLException, IOException {
        Random random = new Random(seed);
        int[] revisions = new int[200];
        int next = 0;
        int fromMemory = 0;
        for (int commit = 0; commit < 20; commit++) {
            Batch batch = new Batch();
            for (int i = random.nextInt(4); i >= 0; i--) {
                int bucket = random.nextInt(3) == 0 && next > 0 ? random.nextInt(next) : next++;
                String source = random.nextInt(4) == 0 ? "exchange" : "own";
                row(batch, random.nextBoolean() ? "1m" : "1s", bucket, source, revisions[bucket]++, random);
            }
            commit(batch);
            for (String timeframe : List.of("1m", "1s")) {
                for (BarsAsked asked : List.of(
                        asked(timeframe, Optional.empty(), Optional.empty()),
                        asked(timeframe, Optional.of(next - 5), Optional.empty()),
                        asked(timeframe, Optional.of(next - 9), Optional.of(next - 2)))) {
                    int limit = 1 + random.nextInt(CAPACITY);
                    fromMemory += requireEqual(asked, limit, "seed " + seed + ", commit " + commit) ? 1 : 0;
                }
            }
        }
        assertTrue(fromMemory > 60, "seed " + seed + ": only " + fromMemory + " of 120 answers came from memory");
    }

    @Test
    void shouldShowALateRevision() throws SQLException, IOException {
        fill(10);
        assertTrue(requireEqual(all(), 10, "loaded"));
        Batch late = new Batch();
        row(late, "1m", 3, "own", 1, new Random(1));
        commit(late);
        assertTrue(requireEqual(all(), 10, "revised"));
    }

    @Test
    void shouldLeaveToTheTablesWhatItDoesNotHold() throws SQLException, IOException {
        fill(CAPACITY + 10);
        assertTrue(requireEqual(all(), CAPACITY, "loaded"));
        assertFalse(answer(all(), CAPACITY + 1, new CollectedRows()));
        assertFalse(answer(asked("1m", Optional.of(2), Optional.of(12)), 10, new CollectedRows()));
        assertFalse(answer(asked("1m", Optional.of(900), Optional.empty()), 10, new CollectedRows()));
        assertTrue(requireEqual(asked("1m", Optional.of(15), Optional.of(25)), 10, "within"));
    }

    @Test
    void shouldNotTrustARowThatIsNoNewer() throws SQLException, IOException {
        fill(5);
        assertTrue(requireEqual(all(), 5, "loaded"));
        Batch older = new Batch();
        row(older, "1m", 4, "own", -1, new Random(1));
        commit(older);
        requireEqual(all(), 5, "read again");
    }

    @Test
    void shouldForgetWhatHasLeftTheTables() throws SQLException, IOException {
        fill(5);
        assertTrue(requireEqual(all(), 5, "loaded"));
        tables.run("DELETE FROM ohlcv_bars WHERE journal_seq <= 2");
        newest.forget();
        requireEqual(all(), 5, "read again");
    }

    private void fill(int bars) throws SQLException {
        Batch batch = new Batch();
        for (int i = 0; i < bars; i++) {
            row(batch, "1m", i, "own", 0, new Random(i));
        }
        commit(batch);
    }

    private void row(Batch batch, String timeframe, int bucket, String source, int revision, Random random) {
        RowBuffer rows = batch.of(timeframe.equals("1s") ? Table.OHLCV_1S : Table.OHLCV_BARS);
        String from = timeframe.equals("1s") ? "own" : source; // there are no others of a second
        rows.text("BTC").text(timeframe).text("trade").text(from).time(START_MS + bucket * MINUTE_MS);
        for (int i = 0; i < 7; i++) {
            rows.number(random.nextDouble());
        }
        rows.none().whole(random.nextInt(100)).none();
        rows.time(START_MS + 1).none().flag(random.nextInt(3) > 0).flag(false);
        rows.whole(revision)
                .timeOfNs(random.nextInt(1_000_000_000))
                .whole(++sequence)
                .end();
    }

    private void commit(Batch batch) throws SQLException {
        batch.reaches(++sequence, sequence);
        writer.write(batch);
        newest.onCommitted(batch);
    }

    private static BarsAsked all() {
        return asked("1m", Optional.empty(), Optional.empty());
    }

    private static BarsAsked asked(String timeframe, Optional<Integer> from, Optional<Integer> to) {
        return new BarsAsked("BTC", timeframe, "trade", from.map(NewestBarsTest::start), to.map(NewestBarsTest::start));
    }

    private static Instant start(int bucket) {
        return Instant.ofEpochMilli(START_MS + bucket * MINUTE_MS);
    }

    private boolean answer(BarsAsked asked, int limit, ResultSink sink) throws IOException {
        return newest.answer(asked, new Limits(limit, Duration.ofMinutes(1)), queries, sink);
    }

    private boolean requireEqual(BarsAsked asked, int limit, String when) throws IOException {
        Told memory = new Told();
        boolean answered = answer(asked, limit, memory);
        if (answered) {
            Told table = new Told();
            tables.reading.bars(asked, new Limits(limit, Duration.ofMinutes(1)), table);
            assertEquals(table.all, memory.all, when);
        }
        return answered;
    }

    private static final class Told implements ResultSink {

        private final List<Object> all = new ArrayList<>();

        @Override
        public void columns(List<ResultColumn> columns) {
            all.addAll(columns);
        }

        @Override
        public void row(List<Object> values) {
            all.add(values);
        }
    }
}
