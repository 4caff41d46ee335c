package dev.millrace.discovery;

import java.util.List;
import java.util.Optional;

/**
 * One look at a coin's book.
 *
 * @param timeMs the book's own time, ms since 1970
 * @param spreadBp (ask − bid) / mid, in bp
 * @param depthUsd value of the thinner side within 10 bp of the mid
 * @param depthAtLeast whether that side ended before 10 bp, so that there may be more
 */
public record BookSample(long timeMs, double spreadBp, double depthUsd, boolean depthAtLeast) {

    private static final double NEAR = 10e-4;

    /** A price, and the size that waits there in the coin. */
    public record Level(double price, double size) {}

    /** Empty for a book that lacks a side, is crossed, not sorted, or has a size or price that is none. */
    public static Optional<BookSample> of(long timeMs, List<Level> bids, List<Level> asks) {
        if (bids.isEmpty() || asks.isEmpty() || !isSorted(bids, -1) || !isSorted(asks, 1)) {
            return Optional.empty();
        }
        double bid = bids.get(0).price();
        double ask = asks.get(0).price();
        if (!(bid < ask)) {
            return Optional.empty();
        }
        double mid = (bid + ask) / 2;
        Side below = Side.of(bids, mid);
        Side above = Side.of(asks, mid);
        Side thinner = below.depth() <= above.depth() ? below : above;
        boolean even = below.depth() == above.depth();
        boolean atLeast = thinner.ended() && (!even || above.ended());
        return Optional.of(new BookSample(timeMs, (ask - bid) / mid * 1e4, thinner.depth(), atLeast));
    }

    private static boolean isSorted(List<Level> levels, int direction) {
        double before = direction > 0 ? 0 : Double.POSITIVE_INFINITY;
        for (Level level : levels) {
            boolean follows = direction * (level.price() - before) > 0;
            if (!follows || !(level.size() > 0) || !(level.price() > 0) || Double.isInfinite(level.size())) {
                return false;
            }
            before = level.price();
        }
        return true;
    }

    /** @param ended whether the last level shown is nearer than the band reaches */
    private record Side(double depth, boolean ended) {

        static Side of(List<Level> levels, double mid) {
            double depth = 0;
            for (Level level : levels) {
                if (Math.abs(level.price() - mid) <= mid * NEAR) {
                    depth += level.price() * level.size();
                }
            }
            double last = levels.get(levels.size() - 1).price();
            return new Side(depth, Math.abs(last - mid) < mid * NEAR);
        }
    }
}
