package dev.millrace.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.metrics.ErrorLog.Entry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErrorLogTest {

    private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void shouldCountOneKindWithItsFirstAndLastTime() {
        ErrorLog log = new ErrorLog(ticking());
        assertTrue(log.record("bars", fault("first")));
        assertFalse(log.record("bars", fault("second")));
        assertFalse(log.record("bars", fault("third")));
        Entry expected = new Entry("bars", "java.lang.IllegalStateException", "first", 3, FIRST, FIRST.plusSeconds(2));
        assertEquals(List.of(expected), log.entries());
    }

    @Test
    void shouldTellPlacesTypesAndLinesApart() {
        ErrorLog log = new ErrorLog(ticking());
        log.record("bars", fault("a"));
        log.record("order", fault("a"));
        log.record("bars", new IllegalArgumentException("a"));
        log.record("bars", new IllegalArgumentException("a"));
        assertEquals(4, log.entries().size());
    }

    @Test
    void shouldStayBoundedHoweverManyKindsCome() {
        ErrorLog log = new ErrorLog(ticking());
        for (int i = 0; i < 1_000; i++) {
            log.record("place " + i, fault("x"));
        }
        assertEquals(257, log.entries().size());
        assertEquals(1_000, log.entries().stream().mapToLong(Entry::count).sum());
    }

    private static IllegalStateException fault(String message) {
        return new IllegalStateException(message);
    }

    /** Each look at it is a second later. */
    private static InstantSource ticking() {
        Deque<Instant> next = new ArrayDeque<>(List.of(FIRST));
        return () -> {
            Instant now = next.removeFirst();
            next.add(now.plusSeconds(1));
            return now;
        };
    }
}
