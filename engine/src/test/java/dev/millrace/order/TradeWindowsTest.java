package dev.millrace.order;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.config.OrderConfig;
import dev.millrace.order.TradeWindows.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TradeWindowsTest {

    private static final long WINDOW_MS = 10_000;

    @Test
    void shouldAcceptEachTradeOnce() {
        TradeWindows windows = windows(16, 1024);

        assertEquals(Verdict.NEW, windows.offer(0, 100, 7, VenueClock.UNSET));
        assertEquals(Verdict.DUPLICATE, windows.offer(0, 100, 7, VenueClock.UNSET));
        assertEquals(Verdict.NEW, windows.offer(0, 101, 7, VenueClock.UNSET));
        assertEquals(Verdict.NEW, windows.offer(0, 100, 8, VenueClock.UNSET));
        assertEquals(Verdict.NEW, windows.offer(1, 100, 7, VenueClock.UNSET));
    }

    @Test
    void shouldRefuseWhatCannotBeProvenNew() {
        TradeWindows windows = windows(2, 1024);
        windows.offer(0, 100, 1, VenueClock.UNSET);
        windows.offer(0, 200, 2, VenueClock.UNSET);
        windows.offer(0, 300, 3, VenueClock.UNSET);

        assertEquals(Verdict.TOO_OLD, windows.offer(0, 100, 1, 300 + WINDOW_MS));
        assertEquals(Verdict.TOO_OLD, windows.offer(0, 99, 9, 300 + WINDOW_MS));
        assertEquals(Verdict.NEW, windows.offer(0, 101, 9, 300 + WINDOW_MS));
    }

    @Test
    void shouldTellWhetherADuplicateWasAcceptedBeforeTheAck() {
        TradeWindows windows = windows(16, 1024);
        windows.offer(3, 100, 1, VenueClock.UNSET);
        windows.onAck(3);
        windows.offer(3, 200, 2, VenueClock.UNSET);

        windows.offer(3, 200, 2, VenueClock.UNSET);
        assertEquals(false, windows.duplicateFromBeforeAck(3));
        windows.offer(3, 100, 1, VenueClock.UNSET);
        assertEquals(true, windows.duplicateFromBeforeAck(3));
    }

    /** Against a list that never forgets and finds by walking: the plainest reading of the rule. */
    @Test
    void shouldAgreeWithAnUnboundedOracle() {
        for (long seed = 1; seed <= 300; seed++) {
            Random random = new Random(seed);
            int keep = 1 + random.nextInt(40);
            int cap = keep + random.nextInt(200);
            TradeWindows windows = windows(keep, cap);
            Oracle oracle = new Oracle(keep, cap);
            long clock = random.nextBoolean() ? VenueClock.UNSET : 1_000_000;
            for (int i = 0; i < 1_500; i++) {
                clock = step(clock, random);
                long base = clock == VenueClock.UNSET ? 1_000_000 : clock;
                long time = base - random.nextInt(random.nextInt(10) == 0 ? 40_000 : 300);
                long tid = random.nextInt(50);
                assertEquals(oracle.offer(time, tid, clock), windows.offer(0, time, tid, clock), "seed " + seed);
            }
        }
    }

    private static long step(long clock, Random random) {
        if (clock == VenueClock.UNSET) {
            return random.nextInt(50) == 0 ? 1_000_000 : clock;
        }
        return clock + (random.nextInt(200) == 0 ? 60_000 : random.nextInt(60));
    }

    private static TradeWindows windows(int keep, int cap) {
        return new TradeWindows(new OrderConfig(keep, cap, Duration.ofSeconds(30)), Duration.ofMillis(WINDOW_MS));
    }

    /** Books or mids may have named hundreds of symbols before the first trade. */
    @Test
    void shouldTakeSymbolsFarBeyondThoseSeen() {
        TradeWindows windows = new TradeWindows(new OrderConfig(16, 64, Duration.ofSeconds(30)), Duration.ofMinutes(1));
        windows.onAck(1_000);
        assertEquals(Verdict.NEW, windows.offer(5_000, 1, 1, VenueClock.UNSET));
        assertEquals(Verdict.DUPLICATE, windows.offer(5_000, 1, 1, VenueClock.UNSET));
        assertEquals(false, windows.duplicateFromBeforeAck(5_000));
        windows.onAck(5_000);
        assertEquals(Verdict.DUPLICATE, windows.offer(5_000, 1, 1, VenueClock.UNSET));
        assertEquals(true, windows.duplicateFromBeforeAck(5_000));
    }

    /** Every trade ever accepted, with the rule of eviction applied to a plain list. */
    private static final class Oracle {
        private final List<long[]> held = new ArrayList<>();
        private final int keep;
        private final int cap;
        private long floor = Long.MIN_VALUE;

        Oracle(int keep, int cap) {
            this.keep = keep;
            this.cap = cap;
        }

        Verdict offer(long time, long tid, long clock) {
            while (held.size() > keep && (old(held.get(0)[0], clock) || held.size() > cap)) {
                floor = Math.max(floor, held.remove(0)[0]);
            }
            if (held.stream().anyMatch(trade -> trade[0] == time && trade[1] == tid)) {
                return Verdict.DUPLICATE;
            }
            if (time <= floor) {
                return Verdict.TOO_OLD;
            }
            held.add(new long[] {time, tid});
            return Verdict.NEW;
        }

        private static boolean old(long time, long clock) {
            return clock != VenueClock.UNSET && time <= clock - WINDOW_MS;
        }
    }
}
