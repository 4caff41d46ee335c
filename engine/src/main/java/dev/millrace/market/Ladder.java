package dev.millrace.market;

/**
 * What is known of a symbol's book at one moment, from one view or from all three, every level with the view that showed
 * it and how old that is. A strategy owns it and has it filled by the market; it stays as it is until it is filled again.
 * Allocates nothing once it has held as many levels. One thread.
 *
 * <p>Of several views the newest speaks for the prices that it shows: from its best level to its last, and for all prices
 * where it shows a side empty. An older one adds the levels beyond. So the best levels of both sides are of one frame, no
 * side is ever crossed or unsorted, and levels get older with depth, never younger. Of two frames of the same exchange time
 * the deeper one counts as newer. A view whose sizes have another scale than the newest one's is left out: it is from
 * before the venue's metadata and gone with its next frame.
 *
 * <p>Prices have scale 8, sizes {@link #sizeScale}. Ages are in ms of the venue's clock, so a replay sees the same.
 */
public final class Ladder {

    /** Of a measure that needs a side which is empty. */
    public static final long NONE = Long.MIN_VALUE;

    /** What {@link #imbalance} gives when there are bids alone. */
    public static final long ONE = 100_000_000L;

    private static final int BASIS_POINTS = 10_000;

    public final LadderSide bids = new LadderSide(true);
    public final LadderSide asks = new LadderSide(false);
    private int sizeScale;
    private boolean present;
    private long newestMs;
    private long clockMs;

    /** Begins to be filled, at a time not before any view's: the market's part. */
    public void begin(long newClockMs) {
        clockMs = newClockMs;
        present = false;
        bids.clear();
        asks.clear();
    }

    /** Adds the next older of the views: the market's part. */
    public void add(BookView view, BookFrame frame) {
        if (!present) {
            present = true;
            newestMs = frame.timeMs;
            sizeScale = frame.bids.sizeScale;
        }
        if (frame.bids.sizeScale == sizeScale) {
            bids.add(view, frame.timeMs, frame.bids);
            asks.add(view, frame.timeMs, frame.asks);
        }
    }

    /** Whether any view is there; its sides may still be empty. */
    public boolean isPresent() {
        return present;
    }

    /** Decimals of all sizes and depths: 8 or 4. */
    public int sizeScale() {
        return sizeScale;
    }

    /** Whether both sides have a level. */
    public boolean isTwoSided() {
        return bids.count() > 0 && asks.count() > 0;
    }

    /** Age of the frame that shows both best levels, hence of mid, microprice and spread; {@link #NONE} when absent. */
    public long topAgeMs() {
        return present ? clockMs - newestMs : NONE;
    }

    /** Age of the oldest frame among the best levels of both sides, at most this many a side; of the newest when none. */
    public long ageMs(int levels) {
        return present ? clockMs - Math.min(oldestMs(bids, levels), oldestMs(asks, levels)) : NONE;
    }

    /** Age of one side's best levels, at most this many: what a depth rests on. */
    public long ageMs(LadderSide side, int levels) {
        return present ? clockMs - oldestMs(side, levels) : NONE;
    }

    /** Half of best bid plus best ask; half of the last digit goes to the even one. {@link #NONE} if not two-sided. */
    public long mid() {
        return isTwoSided() ? BookFrame.middle(bids.price(0), asks.price(0)) : NONE;
    }

    /** Best ask less best bid, above zero; {@link #NONE} if not two-sided. */
    public long spread() {
        return isTwoSided() ? asks.price(0) - bids.price(0) : NONE;
    }

    /**
     * The best prices weighted by the size of the other side, (bid × ask size + ask × bid size) ÷ both sizes, rounded once,
     * HALF_EVEN; {@link #NONE} if not two-sided.
     */
    public long microprice() {
        if (!isTwoSided()) {
            return NONE;
        }
        long bidSize = bids.size(0);
        return Fraction.addHalfEven(bids.price(0), spread(), bidSize, bidSize + asks.size(0));
    }

    /**
     * (Bid depth − ask depth) ÷ (both) of the best levels, at most this many a side: scale 8, from −1 to 1, rounded
     * HALF_EVEN; {@link #NONE} when both sides are empty or no level was asked for.
     */
    public long imbalance(int levels) {
        long bid = bids.depth(levels);
        long ask = asks.depth(levels);
        if ((bid | ask) == 0) {
            return NONE;
        }
        long size = Fraction.addHalfEven(0, ONE, Math.abs(bid - ask), bid + ask);
        return bid < ask ? -size : size;
    }

    /**
     * How many of this side's levels lie within so many hundredths of a percent of {@link #mid}, the limit included; 0 if
     * not two-sided. When it is all that the side has, the depth there is at least what is shown.
     */
    public int levelsWithin(LadderSide side, int basisPoints) {
        int within = 0;
        if (isTwoSided()) {
            long mid = mid();
            while (within < side.count() && isWithin(Math.abs(side.price(within) - mid), mid, basisPoints)) {
                within++;
            }
        }
        return within;
    }

    /** distance ÷ mid ≤ basisPoints ÷ 10,000, exactly. */
    private static boolean isWithin(long distance, long mid, int basisPoints) {
        long high = Math.multiplyHigh(distance, BASIS_POINTS);
        long limitHigh = Math.multiplyHigh(mid, basisPoints);
        return high < limitHigh
                || (high == limitHigh && Long.compareUnsigned(distance * BASIS_POINTS, mid * basisPoints) <= 0);
    }

    private long oldestMs(LadderSide side, int levels) {
        int last = Math.min(levels, side.count()) - 1;
        return last < 0 ? newestMs : side.timeMs(last);
    }
}
