package dev.millrace.sentiment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.market.SentimentReading;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SentimentStateTest {

    private static final long HOUR_NS = 3_600_000_000_000L;
    private static final long DAY_MS = 86_400_000L;
    private static final SentimentReading READING = new SentimentReading(10 * DAY_MS, 71, "Greed", 241 * HOUR_NS);

    @Test
    void shouldKeepAndMarkTheValueWhenTheSourceFails() {
        SentimentState known = SentimentState.NOTHING.with(READING);
        assertEquals("", known.stale(264 * HOUR_NS - 1));
        SentimentState failing = known.failing("HTTP 500");
        assertEquals(Optional.of(READING), failing.reading());
        assertEquals("the source fails: HTTP 500", failing.stale(242 * HOUR_NS));
        assertEquals("", failing.with(READING).stale(242 * HOUR_NS));
    }

    @Test
    void shouldMarkAValueWhoseDayIsOver() {
        SentimentState known = SentimentState.NOTHING.with(READING);
        assertEquals("its day has been over for 0 min", known.stale(264 * HOUR_NS));
        assertEquals("its day has been over for 5 h", known.stale(269 * HOUR_NS));
        assertEquals("", SentimentState.NOTHING.stale(269 * HOUR_NS));
    }

    @Test
    void shouldNotGoBackToAnEarlierDay() {
        SentimentReading earlier = new SentimentReading(9 * DAY_MS, 20, "Fear", 242 * HOUR_NS);
        assertEquals(
                Optional.of(READING),
                SentimentState.NOTHING.with(READING).with(earlier).reading());
    }

    @Test
    void shouldBeUsableFromItsReceiptOrTheEndOfItsDay() {
        assertEquals(241 * HOUR_NS, READING.usableFromNs());
        assertEquals(264 * HOUR_NS, new SentimentReading(10 * DAY_MS, 71, "Greed", 900 * HOUR_NS).usableFromNs());
    }
}
