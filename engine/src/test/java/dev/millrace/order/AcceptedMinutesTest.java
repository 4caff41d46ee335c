package dev.millrace.order;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** By hand. */
class AcceptedMinutesTest {

    private static final long MINUTE = 60_000;
    private static final int HELD = AcceptedMinutes.MINUTES;

    private final AcceptedMinutes minutes = new AcceptedMinutes();

    @Test
    void shouldKnowThatQuietMinutesHadNoTradeHoweverManyTheyAre() {
        count(10, 2);
        count(500, 1);
        assertEquals(2, of(10));
        assertEquals(0, of(26), "the sixteenth behind it");
        assertEquals(0, of(499));
        assertEquals(1, of(500));
        assertEquals(0, of(9), "before the first");
    }

    @Test
    void shouldCountWhatComesLateIntoItsMinute() {
        count(5, 1);
        count(7, 3);
        count(6, 2);
        count(5, 1);
        assertEquals(2, of(5));
        assertEquals(2, of(6));
        assertEquals(3, of(7));
    }

    @Test
    void shouldProveNothingOfWhatItForgot() {
        for (int minute = 1; minute <= HELD + 2; minute++) {
            count(minute, 1);
        }
        assertEquals(Long.MAX_VALUE, of(1));
        assertEquals(Long.MAX_VALUE, of(2));
        assertEquals(1, of(3));
        assertEquals(1, of(HELD + 2));
        count(2, 1);
        assertEquals(Long.MAX_VALUE, of(2), "too late to be counted");
    }

    @Test
    void shouldProveNothingOfWhatCameTooLateToBeHeld() {
        for (int minute = 10; minute < 10 + HELD; minute++) {
            count(minute, 1);
        }
        assertEquals(0, of(5));
        count(5, 1);
        assertEquals(Long.MAX_VALUE, of(5));
        assertEquals(0, of(6));
        assertEquals(1, of(10));
    }

    @Test
    void shouldMakeRoomForALateMinuteAmongThoseHeld() {
        for (int minute = 1; minute <= HELD; minute++) {
            count(2 * minute, 1);
        }
        count(7, 4);
        assertEquals(Long.MAX_VALUE, of(2));
        assertEquals(1, of(4));
        assertEquals(4, of(7));
        assertEquals(1, of(8));
        assertEquals(1, of(2 * HELD));
    }

    private void count(int minute, int trades) {
        for (int i = 0; i < trades; i++) {
            minutes.count(minute * MINUTE);
        }
    }

    private long of(int minute) {
        return minutes.of(minute * MINUTE);
    }
}
