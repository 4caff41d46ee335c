package dev.millrace.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.config.ClockConfig;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HeldFramesTest {

    private static final long MS = 1_000_000L;
    private static final long DAY_MS = 86_400_000L;

    private final VenueClock clock =
            new VenueClock(new ClockConfig(Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofSeconds(10)));
    private final HeldFrames held = new HeldFrames(clock);

    @BeforeEach
    void startTheClock() {
        clock.onExchangeTime(1_000, 0);
        clock.onRecord(0);
    }

    @Test
    void shouldBelieveAJumpWhenTwoLaterFramesAgree() {
        assertFalse(hold(DAY_MS, 100));
        assertFalse(hold(DAY_MS + 100, 200));
        assertTrue(hold(DAY_MS + 200, 300));
        assertEquals(100 * MS, held.poll().receiveNs());
        assertEquals(200 * MS, held.poll().receiveNs());
        assertEquals(300 * MS, held.poll().receiveNs());
        assertNull(held.poll());
        assertEquals(0, held.refused());
    }

    @Test
    void shouldGoOnHoldingWhatLiesBeyondTheJump() {
        assertFalse(hold(300 * DAY_MS, 50));
        assertFalse(hold(DAY_MS, 100));
        assertFalse(hold(DAY_MS + 100, 200));
        assertTrue(hold(DAY_MS + 200, 300));

        for (int i = 0; i < 3; i++) {
            assertEquals((100 + 100 * i) * MS, held.poll().receiveNs());
        }
        assertNull(held.poll());
        assertEquals(1, held.size());
    }

    @Test
    void shouldGiveBackWhatAPlausibleFrameOvertook() {
        assertFalse(hold(12_000, 100));
        assertFalse(hold(DAY_MS, 100));

        assertNull(held.pollUpTo(11_999));
        assertEquals(100 * MS, held.pollUpTo(12_000).receiveNs());
        assertNull(held.pollUpTo(12_000));
        assertEquals(1, held.size());
    }

    @Test
    void shouldRefuseAnAbsurdFrameAfterSixtyFourOthers() {
        assertFalse(hold(DAY_MS, 100));
        for (int i = 0; i < 64; i++) {
            held.onPlausibleFrame();
        }
        assertEquals(1, held.size());

        held.onPlausibleFrame();
        assertEquals(0, held.size());
        assertEquals(1, held.refused());
    }

    @Test
    void shouldNotTakeTwoAbsurdFramesThatDisagreeForWitnesses() {
        assertFalse(hold(DAY_MS, 100));
        assertFalse(hold(2 * DAY_MS, 200));
        assertFalse(hold(3 * DAY_MS, 300));

        assertEquals(3, held.size());
    }

    @Test
    void shouldKeepACopyBecauseTheSlotIsReused() {
        MarketEvent event = event(100);
        event.bytes()[0] = 42;
        held.hold(event, DAY_MS);
        event.bytes()[0] = 7;
        hold(DAY_MS, 100);
        hold(DAY_MS, 100);

        assertEquals(42, held.poll().bytes()[0]);
    }

    @Test
    void shouldNotReleaseWhatAGoneSourceHadSent() {
        hold(DAY_MS, 100);
        hold(DAY_MS + 100, 200);
        held.abandon(source -> source == 0);

        assertEquals(0, held.size());
        assertEquals(2, held.refused());
        assertFalse(hold(DAY_MS + 200, 300));
    }

    private boolean hold(long timeMs, long receiveMs) {
        return held.hold(event(receiveMs), timeMs);
    }

    private static MarketEvent event(long receiveMs) {
        MarketEvent event = new MarketEvent(16);
        event.set(RecordKind.FRAME, 0, receiveMs * MS, 1);
        return event;
    }
}
