package dev.millrace.market;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CandleIntervalTest {

    @ParameterizedTest
    @CsvSource({
        "1m,  2026-02-28T23:59:59.999Z, 2026-02-28T23:59:00Z, 2026-03-01T00:00:00Z",
        "1h,  2026-02-28T23:59:59.999Z, 2026-02-28T23:00:00Z, 2026-03-01T00:00:00Z",
        "12h, 2026-02-28T12:00:00Z,     2026-02-28T12:00:00Z, 2026-03-01T00:00:00Z",
        "3d,  1970-01-05T12:00:00Z,     1970-01-04T00:00:00Z, 1970-01-07T00:00:00Z",
        "1w,  2026-11-22T23:59:59.999Z, 2026-11-16T00:00:00Z, 2026-11-23T00:00:00Z",
        "1w,  2026-11-23T00:00:00Z,     2026-11-23T00:00:00Z, 2026-11-30T00:00:00Z",
        "1M,  2026-12-31T23:59:59.999Z, 2026-12-01T00:00:00Z, 2027-01-01T00:00:00Z",
        "1M,  2024-02-29T00:00:00Z,     2024-02-01T00:00:00Z, 2024-03-01T00:00:00Z",
    })
    void shouldAlignBucketsInUtc(String label, Instant time, Instant start, Instant end) {
        CandleInterval interval = CandleInterval.of(label);
        assertEquals(start.toEpochMilli(), interval.startOf(time.toEpochMilli()));
        assertEquals(end.toEpochMilli(), interval.startOf(time.toEpochMilli(), 1));
    }

    @Test
    void shouldTellAMinuteFromAMonthAndRefuseTheRest() {
        assertEquals(CandleInterval.ONE_MINUTE, CandleInterval.of("1m"));
        assertEquals(CandleInterval.ONE_MONTH, CandleInterval.of("1M"));
        String words = assertThrows(IllegalArgumentException.class, () -> CandleInterval.of("1H"))
                .getMessage();
        assertTrue(words.startsWith("'1H' is no interval of the venue; it has 1m 3m 5m"), words);
    }

    /** Buckets join without holes, hold their own times and are counted right. */
    @Test
    void shouldCountBucketsAsWalkingDoes() {
        for (long seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            for (CandleInterval interval : CandleInterval.values()) {
                long from = random.nextLong(4_000_000_000_000L);
                long to = interval.startOf(from, random.nextLong(20)) + random.nextLong(3) - 1;
                long walked = 0;
                for (long start = interval.startOf(from); start < to; start = interval.startOf(start, 1)) {
                    walked += start >= from ? 1 : 0;
                    assertEquals(start, interval.startOf(interval.startOf(start, 1) - 1));
                    assertEquals(start, interval.startOf(interval.startOf(start, 1), -1));
                }
                assertEquals(walked, interval.startsIn(from, to), interval + ", seed " + seed);
            }
            long week = CandleInterval.ONE_WEEK.startOf(random.nextLong(4_000_000_000_000L));
            assertEquals(
                    DayOfWeek.MONDAY,
                    Instant.ofEpochMilli(week).atZone(ZoneOffset.UTC).getDayOfWeek());
        }
    }
}
