package dev.millrace.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class AgreementTest {

    private static final BarValues OURS = new BarValues(10, 12, 9, 11, 1.25, 4);

    @Test
    void shouldNameEveryClass() {
        assertEquals(Agreement.EXACT, of(OURS));
        assertEquals(Agreement.COUNT, of(new BarValues(10, 12, 9, 11, 1.25, 5)));
        assertEquals(Agreement.VOLUME, of(new BarValues(10, 12, 9, 11, 1.26, 4)));
        assertEquals(Agreement.HIGH_LOW, of(new BarValues(10, 12.5, 9, 11, 1.25, 4)));
        assertEquals(Agreement.HIGH_LOW, of(new BarValues(10, 12, 8, 11, 1.25, 4)));
        assertEquals(Agreement.TIE, of(new BarValues(10.5, 12, 9, 11, 1.25, 4)));
        assertEquals(Agreement.TIE, of(new BarValues(10, 12, 9, 11.5, 1.25, 4)));
        assertEquals(Agreement.MISSING_THEIRS, Agreement.of(Optional.of(OURS), Optional.empty(), 2));
        assertEquals(Agreement.MISSING_OURS, Agreement.of(Optional.empty(), Optional.of(OURS), 2));
    }

    @Test
    void shouldRoundTheExchangesVolumeAlone() {
        assertEquals(Agreement.EXACT, of(new BarValues(10, 12, 9, 11, 1.2500000001, 4)));
        assertEquals(Agreement.VOLUME, of(new BarValues(10, 12, 9, 11, 1.2550000001, 4)));
        assertEquals(
                Agreement.VOLUME,
                Agreement.of(
                        Optional.of(new BarValues(1, 1, 1, 1, 1.254, 1)),
                        Optional.of(new BarValues(1, 1, 1, 1, 1.25, 1)),
                        2));
    }

    @Test
    void shouldTakeAFlatCandleForNone() {
        Optional<BarValues> flat = Optional.of(new BarValues(10, 10, 10, 10, 0, 0));
        assertEquals(Agreement.EXACT, Agreement.of(Optional.empty(), flat, 2));
        assertEquals(Agreement.EXACT, Agreement.of(flat, Optional.empty(), 2));
        assertEquals(Agreement.MISSING_THEIRS, Agreement.of(Optional.of(OURS), flat, 2));
    }

    @Test
    void shouldCallLateWhatAgreesOnlyNow() {
        assertEquals(Agreement.SETTLED_LATE, Agreement.EXACT.settledAfter(Agreement.COUNT));
        assertEquals(Agreement.EXACT, Agreement.EXACT.settledAfter(Agreement.EXACT));
        assertEquals(Agreement.COUNT, Agreement.COUNT.settledAfter(Agreement.VOLUME));
    }

    private static Agreement of(BarValues theirs) {
        return Agreement.of(Optional.of(OURS), Optional.of(theirs), 2);
    }
}
