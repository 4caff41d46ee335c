package dev.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IndexPointsTest {

    private static final int INTERVAL = 3;
    /** More places than it holds. */
    private static final int MANY = 10_000;

    private final IndexPoints points = new IndexPoints(INTERVAL);
    private final List<String> taken = new ArrayList<>();

    private void write(long from, long to) {
        for (long sequence = from; sequence <= to; sequence++) {
            if (points.isPoint(sequence)) {
                points.add(sequence, 100 + sequence);
            }
            points.onRecord(sequence % 5);
        }
    }

    private boolean drain() {
        return points.drain((sequence, latestNs, index) -> taken.add(sequence + " " + latestNs + " " + index));
    }

    @Test
    void shouldHandOverEveryPlaceWithTheLatestTimeBeforeIt() {
        write(2, 10);
        assertTrue(drain());
        assertEquals(List.of("4 3 104", "7 4 107", "10 4 110"), taken);
        assertTrue(drain());
        assertEquals(3, taken.size());
    }

    @Test
    void shouldTellOnceThatPlacesWereMissedAndGoOn() {
        write(1, MANY);
        assertFalse(drain());
        write(MANY + 1, 2 * MANY);
        assertFalse(drain(), "what had no room behind the first is missed too");
        taken.clear();
        assertTrue(drain());
        assertTrue(taken.size() < MANY / INTERVAL);
        taken.clear();
        write(2 * MANY + 1, 2 * MANY + 6);
        assertTrue(drain());
        assertEquals(2, taken.size());
    }
}
