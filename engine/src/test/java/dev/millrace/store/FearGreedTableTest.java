package dev.millrace.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told again is no row, what is told otherwise is a new one, and a past day never was known before it ended. */
class FearGreedTableTest {

    private static final long HOUR_MS = 3_600_000;
    private static final long DAY = SmallStore.TODAY_MS;
    private static final String ALL =
            "SELECT epoch_ms(timestamp) // 3600000, value, epoch_ms(usable_from) // 3600000 FROM ";

    @TempDir
    Path folder;

    @Test
    void shouldKeepEachCorrectionFromWhenItCouldBeUsed() throws SQLException {
        try (SmallStore store = store()) {
            store.sentiment(DAY, 40, DAY + HOUR_MS);
            store.sentiment(DAY, 40, DAY + 2 * HOUR_MS);
            store.commit();
        }
        try (SmallStore store = store()) {
            store.sentiment(DAY, 40, DAY + 3 * HOUR_MS);
            store.sentiment(DAY, 42, DAY + 4 * HOUR_MS);
            store.sentiment(DAY, 42, DAY + 5 * HOUR_MS);
            store.sentiment(DAY, 43, DAY + 30 * HOUR_MS);
            store.sentiment(DAY - SmallStore.DAY_MS, 9, DAY + 30 * HOUR_MS);
            store.commit();
        }
        try (SmallStore store = store()) {
            long day = DAY / HOUR_MS;
            assertEquals(
                    List.of(
                            row(day, 40, day + 1),
                            row(day, 42, day + 4),
                            row(day, 43, day + 30),
                            row(day - 24, 9, day)),
                    store.query(ALL + "fear_greed ORDER BY journal_seq"));
            assertEquals(
                    List.of(row(day - 24, 9, day), row(day, 43, day + 30)),
                    store.query(ALL + "sentiment ORDER BY timestamp"));
            assertEquals(List.of(row(day - 24, 9, day)), asOf(store, DAY + HOUR_MS - 1));
            assertEquals(List.of(row(day - 24, 9, day), row(day, 40, day + 1)), asOf(store, DAY + HOUR_MS));
            assertEquals(List.of(row(day - 24, 9, day), row(day, 42, day + 4)), asOf(store, DAY + 9 * HOUR_MS));
            assertEquals(List.of(), asOf(store, DAY - 1));
        }
    }

    private static List<String> asOf(SmallStore store, long ms) throws SQLException {
        return store.query(ALL + "sentiment_as_of(make_timestamptz(" + ms + "000)) ORDER BY timestamp");
    }

    private static String row(long day, int value, long usableFrom) {
        return day + " " + value + " " + usableFrom;
    }

    private SmallStore store() {
        return new SmallStore(folder, Duration.ofDays(3), Duration.ofDays(3));
    }
}
