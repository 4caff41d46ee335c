package dev.millrace.books;

import static java.math.RoundingMode.HALF_EVEN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.market.BookFrame;
import dev.millrace.market.BookView;
import dev.millrace.market.Ladder;
import dev.millrace.market.LadderSide;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Random books of three views and ages against an oracle: each price is asked of the views one after the other, newest
 * first, and every measure is BigDecimal from the definition. A failing seed is named.
 */
class LadderPropertyTest {

    private static final long SEEDS = 3_000;

    @Test
    void shouldAgreeWithTheOracle() {
        int mixed = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            try {
                mixed += new Case(new Random(seed)).check() ? 1 : 0;
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
        assertTrue(mixed > SEEDS / 10, "too few ladders of several views: " + mixed);
    }

    /** A level as the oracle sees it. */
    private record Level(BigDecimal price, BigDecimal size, long timeMs, BookView view) {}

    private static final class Case {
        private final Random random;
        private final Books books = new Books();
        private final List<BookView> present = new ArrayList<>();
        private final Ladder ladder = new Ladder();
        private final long middle;
        private final long step;
        private final long clockMs;

        Case(Random random) {
            this.random = random;
            // From the smallest ticks to prices and sizes at the end of their range.
            int magnitude = 4 + random.nextInt(57);
            middle = (1L << magnitude) + (random.nextLong() & ((1L << magnitude) - 1)) + 2_000;
            step = Math.max(1, middle / 5_000);
            for (BookView view : BookView.values()) {
                if (random.nextInt(5) > 0) {
                    books.apply(view, frame(view), 1, 0);
                    present.add(view);
                }
            }
            clockMs = 900L + random.nextInt(200);
        }

        boolean check() {
            books.read(0, clockMs, ladder);
            present.sort(Comparator.comparingLong((BookView view) -> -books.get(view, 0).timeMs)
                    .thenComparing(Comparator.naturalOrder()));
            List<Level> bids = side(true);
            List<Level> asks = side(false);
            assertEquals(!present.isEmpty(), ladder.isPresent());
            same(bids, ladder.bids);
            same(asks, ladder.asks);
            measures(bids, asks);
            return LongStream.range(0, bids.size())
                            .mapToObj(i -> bids.get((int) i).view)
                            .distinct()
                            .count()
                    > 1;
        }

        private BookFrame frame(BookView view) {
            BookFrame frame = new BookFrame();
            frame.valid = true;
            frame.timeMs = 900L + random.nextInt(100);
            int depth = view == BookView.BBO ? 1 : view == BookView.FAST ? 5 : 20;
            long centre = middle + step * (random.nextInt(7) - 3);
            levels(frame.bids, depth, centre, -1);
            levels(frame.asks, depth, centre, 1);
            return frame;
        }

        private void levels(BookFrame.Levels levels, int depth, long centre, int direction) {
            long price = centre;
            for (int i = random.nextInt(8) == 0 ? random.nextInt(depth + 1) : depth; i > 0; i--) {
                price += direction * step * (1 + random.nextInt(3));
                if (price > 0) {
                    levels.add(price, 1 + (random.nextLong() >>> (1 + random.nextInt(62))) / 2, random.nextInt(9));
                }
            }
        }

        /** For each price that any view shows: the newest view that speaks for it decides whether it is there. */
        private List<Level> side(boolean bids) {
            Comparator<Long> bestFirst = bids ? Comparator.reverseOrder() : Comparator.naturalOrder();
            TreeSet<Long> prices = new TreeSet<>(bestFirst);
            present.forEach(view -> Arrays.stream(prices(view, bids)).forEach(prices::add));
            List<Level> side = new ArrayList<>();
            for (long price : prices) {
                for (BookView view : present) {
                    long[] shown = prices(view, bids);
                    if (shown.length == 0 || bestFirst.compare(price, shown[shown.length - 1]) <= 0) {
                        int at = LongStream.of(shown).boxed().toList().indexOf(price);
                        if (at >= 0) {
                            BookFrame frame = books.get(view, 0);
                            long size = (bids ? frame.bids : frame.asks).size[at];
                            side.add(new Level(price8(price), price8(size), frame.timeMs, view));
                        }
                        break;
                    }
                }
            }
            return side;
        }

        private long[] prices(BookView view, boolean bids) {
            BookFrame.Levels levels = bids ? books.get(view, 0).bids : books.get(view, 0).asks;
            return Arrays.copyOf(levels.price, levels.count);
        }

        private void same(List<Level> expected, LadderSide side) {
            List<Level> actual = new ArrayList<>();
            for (int i = 0; i < side.count(); i++) {
                actual.add(new Level(price8(side.price(i)), price8(side.size(i)), side.timeMs(i), side.view(i)));
            }
            assertEquals(expected, actual);
            for (int n = 0; n <= side.count() + 1; n++) {
                assertEquals(long8(depth(expected, n).min(price8(Long.MAX_VALUE))), side.depth(n), "depth");
                if (n > 0 && n <= side.count()) {
                    assertEquals(nowMs() - expected.get(n - 1).timeMs, ladder.ageMs(side, n), "age");
                }
            }
        }

        private void measures(List<Level> bids, List<Level> asks) {
            for (int n = 1; n < 8; n++) {
                BigDecimal bid = depth(bids, n).min(price8(Long.MAX_VALUE));
                BigDecimal ask = depth(asks, n).min(price8(Long.MAX_VALUE));
                BigDecimal both = bid.add(ask);
                long expected = both.signum() == 0
                        ? Ladder.NONE
                        : long8(bid.subtract(ask).divide(both, 8, HALF_EVEN));
                assertEquals(expected, ladder.imbalance(n), "imbalance of " + n);
            }
            if (bids.isEmpty() || asks.isEmpty()) {
                assertEquals(Ladder.NONE, ladder.mid());
                return;
            }
            Level bid = bids.get(0);
            Level ask = asks.get(0);
            assertEquals(nowMs() - bid.timeMs, ladder.topAgeMs());
            assertEquals(bid.timeMs, ask.timeMs, "both best levels are of one frame");
            assertTrue(bid.price.compareTo(ask.price) < 0, "crossed");
            BigDecimal mid = bid.price.add(ask.price).divide(BigDecimal.valueOf(2), 8, HALF_EVEN);
            assertEquals(long8(mid), ladder.mid(), "mid");
            assertEquals(long8(ask.price.subtract(bid.price)), ladder.spread(), "spread");
            BigDecimal weighted = bid.price.multiply(ask.size).add(ask.price.multiply(bid.size));
            assertEquals(
                    long8(weighted.divide(bid.size.add(ask.size), 8, HALF_EVEN)), ladder.microprice(), "microprice");
            for (int basisPoints : new int[] {0, 1, 3, 10, 25, 100, 10_000}) {
                BigDecimal limit = mid.multiply(BigDecimal.valueOf(basisPoints, 4));
                assertEquals(within(bids, mid, limit), ladder.levelsWithin(ladder.bids, basisPoints));
                assertEquals(within(asks, mid, limit), ladder.levelsWithin(ladder.asks, basisPoints));
            }
        }

        private long nowMs() {
            return Math.max(clockMs, books.get(present.get(0), 0).timeMs);
        }

        private static long within(List<Level> levels, BigDecimal mid, BigDecimal limit) {
            return levels.stream()
                    .filter(level -> level.price.subtract(mid).abs().compareTo(limit) <= 0)
                    .count();
        }

        private static BigDecimal depth(List<Level> levels, int count) {
            return levels.stream().limit(count).map(Level::size).reduce(BigDecimal.ZERO, BigDecimal::add);
        }

        private static BigDecimal price8(long value) {
            return BigDecimal.valueOf(value, 8);
        }

        private static long long8(BigDecimal value) {
            return value.setScale(8).unscaledValue().longValueExact();
        }
    }
}
