package dev.millrace.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.discovery.BookSample.Level;
import dev.millrace.market.BookMeasures;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The mid is 1000 in all of them, so 10 bp is one: from 999 to 1001. */
class BookSampleTest {

    private static final List<Level> BIDS = List.of(new Level(999.8, 1), new Level(999, 2), new Level(998.9, 50));

    @Test
    void shouldMeasureSpreadAndTheThinnerSide() {
        List<Level> asks = List.of(new Level(1000.2, 4), new Level(1000.5, 1), new Level(1001.1, 9));
        BookSample sample = BookSample.of(7, BIDS, asks).orElseThrow();
        assertEquals(4, sample.spreadBp(), 1e-9);
        assertEquals(999.8 + 2 * 999, sample.depthUsd(), 1e-9, "999 lies on the edge, 998.9 beyond it");
        assertFalse(sample.depthAtLeast());
        assertEquals(7, sample.timeMs());
    }

    @Test
    void shouldSayAtLeastWhereTheThinnerSideEndsNearer() {
        List<Level> thin = List.of(new Level(1000.2, 1), new Level(1000.5, 1));
        assertTrue(BookSample.of(0, BIDS, thin).orElseThrow().depthAtLeast());
        List<Level> thick = List.of(new Level(1000.2, 100), new Level(1000.5, 1));
        assertFalse(BookSample.of(0, BIDS, thick).orElseThrow().depthAtLeast(), "the bids are the limit, and whole");
    }

    @Test
    void shouldTakeNoBookThatIsNone() {
        List<Level> asks = List.of(new Level(1000.2, 1));
        assertEquals(Optional.empty(), BookSample.of(0, List.of(), asks));
        assertEquals(Optional.empty(), BookSample.of(0, BIDS, List.of()));
        assertEquals(Optional.empty(), BookSample.of(0, List.of(new Level(1000.2, 1)), asks), "locked");
        assertEquals(Optional.empty(), BookSample.of(0, List.of(new Level(999, 0)), asks));
        assertEquals(Optional.empty(), BookSample.of(0, List.of(new Level(998, 1), new Level(999, 1)), asks));
        assertEquals(Optional.empty(), BookSample.of(0, BIDS, List.of(new Level(Double.NaN, 1))));
    }

    @Test
    void shouldTakeMediansOverTheSamples() {
        BookMeasures measures = BookSamples.measures(List.of(
                new BookSample(5_000, 3, 10, false),
                new BookSample(1_000, 1, 40, true),
                new BookSample(9_000, 8, 20, false),
                new BookSample(2_000, 2, 30, false)));
        assertEquals(new BookMeasures(4, 8_000, 2.5, 25, true), measures);
        assertEquals(new BookMeasures(0, 0, Double.NaN, Double.NaN, false), BookSamples.measures(List.of()));
    }
}
