package dev.millrace.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was known of a bar at a time, also when its day has left the tables before the exchange told it otherwise. */
class BarsAsOfTest {

    private static final long BAR_MS = SmallStore.YESTERDAY_MS;
    private static final long FIRST_MS = SmallStore.TODAY_MS;
    private static final long HOUR_MS = 3_600_000;

    @TempDir
    Path folder;

    private SmallStore store;

    @BeforeEach
    void open() throws SQLException {
        store = new SmallStore(folder, Duration.ZERO, Duration.ofDays(365));
        store.collected("1m", BAR_MS, "1.0", FIRST_MS);
        roll();
        assertEquals(List.of("lake"), store.query("SELECT side FROM partitions"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void roll() throws SQLException {
        store.roll(SmallStore.TOMORROW_MS);
    }

    @Test
    void shouldGiveTheFileWhatItSaidWhileALaterRowIsInTheTables() throws SQLException {
        store.collected("1m", BAR_MS, "1.5", FIRST_MS + 2 * HOUR_MS);
        store.collected("1m", BAR_MS, "1.7", FIRST_MS + 4 * HOUR_MS);
        store.settle();
        assertKnown("1.0", "1.5", "1.7");
    }

    @Test
    void shouldKeepWhatALaterRowReplacesInTheFile() throws SQLException {
        store.collected("1m", BAR_MS, "1.5", FIRST_MS + 2 * HOUR_MS);
        roll();
        assertKnown("1.0", "1.5", "1.5");
        store.collected("1m", BAR_MS, "1.7", FIRST_MS + 4 * HOUR_MS);
        roll();
        roll();
        assertKnown("1.0", "1.5", "1.7");
        assertEquals(List.of("1.0", "1.5"), store.query("SELECT close FROM bar_revisions ORDER BY known_at"));
        assertEquals(List.of("0"), store.query("SELECT count(*) FROM ohlcv_bars"));
    }

    /** As in the tables, where it is no revision. */
    @Test
    void shouldKeepTheFirstRowWhenTheExchangeSaysTheSameAgain() throws SQLException {
        store.collected("1m", BAR_MS, "1.0", FIRST_MS + 2 * HOUR_MS);
        roll();
        assertEquals(List.of("1.0 " + FIRST_MS), store.query("SELECT close, epoch_ms(known_at) FROM all_bars"));
        assertEquals(List.of(), store.query("SELECT close FROM bar_revisions"));
    }

    /** One, three and five hours after the first answer. */
    private void assertKnown(String... prices) throws SQLException {
        for (int i = 0; i < prices.length; i++) {
            long atMs = FIRST_MS + (2 * i + 1) * HOUR_MS;
            assertEquals(
                    List.of(prices[i]),
                    store.query("SELECT close FROM bars_as_of(make_timestamptz(" + atMs * 1_000 + "))"));
        }
        assertEquals(
                List.of(),
                store.query("SELECT close FROM bars_as_of(make_timestamptz(" + (FIRST_MS - 1) * 1_000 + "))"));
    }
}
