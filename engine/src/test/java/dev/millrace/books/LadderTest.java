package dev.millrace.books;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.market.BookFrame;
import dev.millrace.market.BookView;
import dev.millrace.market.Ladder;
import dev.millrace.market.LadderSide;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** By hand; {@link LadderPropertyTest} is against an oracle. */
class LadderTest {

    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long UNIT = 100_000_000L;

    private final Books books = new Books();
    private final Ladder ladder = new Ladder();

    @Test
    void shouldJoinTheViewsAndSayWhereEachLevelComesFrom() {
        put(BookView.SLOW, 1_000, new long[] {99, 98, 97, 96}, new long[] {101, 102, 103});
        put(BookView.FAST, 5_000, new long[] {99, 97}, new long[] {100, 101});
        put(BookView.BBO, 5_400, new long[] {98}, new long[] {101});
        books.read(0, 6_000, ladder);
        assertEquals("98@BBO/600 97@FAST/1000 96@SLOW/5000", text(ladder.bids));
        assertEquals("101@BBO/600 102@SLOW/5000 103@SLOW/5000", text(ladder.asks));
        assertEquals(600, ladder.topAgeMs());
        assertEquals(5_000, ladder.ageMs(2));
        assertEquals(1_000, ladder.ageMs(ladder.bids, 2));
    }

    @Test
    void shouldBelieveANewerViewThatShowsASideEmpty() {
        put(BookView.SLOW, 1_000, new long[] {99}, new long[] {101});
        put(BookView.BBO, 2_000, new long[] {}, new long[] {102});
        books.read(0, 2_000, ladder);
        assertEquals(0, ladder.bids.count());
        assertEquals("102@BBO/0", text(ladder.asks));
        assertEquals(Ladder.NONE, ladder.mid());
        assertEquals(Ladder.NONE, ladder.microprice());
        assertEquals(Ladder.NONE, ladder.spread());
        assertEquals(0, ladder.levelsWithin(ladder.asks, 10_000));
        assertEquals(-Ladder.ONE, ladder.imbalance(5));
    }

    @Test
    void shouldPreferTheDeeperOfTwoFramesOfOneTime() {
        put(BookView.BBO, 1_000, new long[] {99}, new long[] {101});
        put(BookView.SLOW, 1_000, new long[] {99, 98}, new long[] {101});
        books.read(0, 900, ladder);
        assertEquals("99@SLOW/0 98@SLOW/0", text(ladder.bids));
    }

    @Test
    void shouldMeasureOneViewAlone() {
        put(BookView.SLOW, 1_000, new long[] {99, 98}, new long[] {101, 104});
        put(BookView.BBO, 2_000, new long[] {100}, new long[] {101});
        books.read(BookView.SLOW, 0, 3_000, ladder);
        assertEquals(2_000, ladder.topAgeMs());
        assertEquals(100 * UNIT, ladder.mid());
        assertEquals(2 * UNIT, ladder.spread());
        assertEquals(100 * UNIT, ladder.microprice());
        assertEquals(0, ladder.imbalance(2));
        assertEquals(2 * UNIT, ladder.bids.depth(7));
        assertEquals(1, ladder.levelsWithin(ladder.bids, 199));
        assertEquals(2, ladder.levelsWithin(ladder.bids, 200));
        assertEquals(1, ladder.levelsWithin(ladder.asks, 399));
        assertEquals(2, ladder.levelsWithin(ladder.asks, 400));
    }

    @Test
    void shouldLeaveOutAnOlderViewOfAnotherScale() {
        put(BookView.SLOW, 1_000, new long[] {99, 98}, new long[] {101});
        BookFrame rescaled = frame(2_000, new long[] {99}, new long[] {101});
        rescaled.bids.sizeScale = 4;
        rescaled.asks.sizeScale = 4;
        books.apply(BookView.BBO, rescaled, 1, 0);
        books.read(0, 2_000, ladder);
        assertEquals("99@BBO/0", text(ladder.bids));
        assertEquals(4, ladder.sizeScale());
    }

    @Test
    void shouldBeAbsentWithoutAView() {
        put(BookView.SLOW, 1_000, new long[] {99}, new long[] {101});
        books.read(0, 1_000, ladder);
        books.read(1, 1_000, ladder);
        assertFalse(ladder.isPresent());
        assertEquals(Ladder.NONE, ladder.topAgeMs());
        assertEquals(Ladder.NONE, ladder.ageMs(3));
        assertEquals(Ladder.NONE, ladder.imbalance(3));
        assertThrows(IndexOutOfBoundsException.class, () -> ladder.bids.price(0));
    }

    @Test
    void shouldSaySoWhenADepthDoesNotFit() {
        BookFrame huge = new BookFrame();
        huge.timeMs = 1;
        huge.valid = true;
        huge.bids.add(2, Long.MAX_VALUE, 1);
        huge.bids.add(1, Long.MAX_VALUE, 1);
        huge.asks.add(Long.MAX_VALUE, Long.MAX_VALUE, 1);
        books.apply(BookView.FAST, huge, 1, 0);
        books.read(0, 1, ladder);
        assertEquals(Long.MAX_VALUE, ladder.bids.depth(2));
        assertEquals(Ladder.NONE, ladder.imbalance(0));
        assertEquals(1L << 62, ladder.mid());
        assertEquals(ladder.mid(), ladder.microprice());
    }

    @Test
    void shouldAllocateNothing() {
        put(BookView.SLOW, 1_000, new long[] {99, 98, 97, 96}, new long[] {101, 102, 103});
        put(BookView.FAST, 5_000, new long[] {99, 97}, new long[] {100, 101});
        put(BookView.BBO, 5_400, new long[] {98}, new long[] {101});
        long sum = measured();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 50; i++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            sum += measured();
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        long ownCost = THREADS.getCurrentThreadAllocatedBytes();
        ownCost = THREADS.getCurrentThreadAllocatedBytes() - ownCost;
        assertEquals(ownCost, least, "measured " + sum);
    }

    private long measured() {
        long sum = 0;
        for (int i = 0; i < 100; i++) {
            books.read(0, 6_000 + i, ladder);
            sum += ladder.mid() + ladder.microprice() + ladder.spread() + ladder.imbalance(3) + ladder.ageMs(3);
            sum += ladder.bids.depth(ladder.levelsWithin(ladder.bids, 150));
        }
        return sum;
    }

    private void put(BookView view, long timeMs, long[] bids, long[] asks) {
        books.apply(view, frame(timeMs, bids, asks), 1, timeMs * 1_000_000);
    }

    private static BookFrame frame(long timeMs, long[] bids, long[] asks) {
        BookFrame frame = new BookFrame();
        frame.timeMs = timeMs;
        frame.valid = true;
        for (long price : bids) {
            frame.bids.add(price * UNIT, UNIT, 1);
        }
        for (long price : asks) {
            frame.asks.add(price * UNIT, UNIT, 1);
        }
        return frame;
    }

    private String text(LadderSide side) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < side.count(); i++) {
            text.append(side.price(i) / UNIT + "@" + side.view(i) + "/" + ladder.ageMs(side, i + 1) + " ");
        }
        return text.toString().trim();
    }
}
