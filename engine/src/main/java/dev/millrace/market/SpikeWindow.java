package dev.millrace.market;

import java.util.Arrays;

/**
 * Flags a trade whose price lies far off those before it; the trade counts all the same. A spike is a price with
 * |ln(price / median)| &gt; max(5 %, 10 × 1.4826 × MAD), of the last {@value #TRADES} trades before it: the median of their
 * prices, and MAD the median of their |ln(price / median)|. Before there are so many, nothing is flagged. A flagged price is
 * one of the last, too: a new level is flagged until it is half of them, and then no more.
 *
 * <p>Source: Hampel identifier (Hampel 1974, Davies and Gather 1993); 1.4826 makes the MAD of normal values their standard
 * deviation. One thread; allocates nothing.
 */
public final class SpikeWindow {

    /** How many trades a price is judged by. */
    public static final int TRADES = 100;

    private static final double LEAST = .05;
    private static final double LOWEST_USUAL = Math.exp(-LEAST);
    private static final double HIGHEST_USUAL = Math.exp(LEAST);
    private static final double DEVIATIONS = 10 * 1.4826;

    /** In the order of arrival, from {@link #oldest} on. */
    private final long[] recent = new long[TRADES];
    /** Scratch of {@link #isSpike}. */
    private final long[] sorted = new long[TRADES];

    private int count;
    private int oldest;
    /** None of {@link #recent} lies below; raised to the lowest of them once in {@value #TRADES} trades. */
    private long lowest = Long.MAX_VALUE;
    /** Likewise, above. */
    private long highest = Long.MIN_VALUE;

    /**
     * Judges a price by those before it, and takes it among them.
     *
     * @param price above 0, in units that are the same in every call
     * @return whether it is a spike
     */
    public boolean add(long price) {
        boolean spike = count == TRADES && !isNearAll(price) && isSpike(price);
        int at = oldest;
        if (count < TRADES) {
            at = count;
            count++;
        } else {
            oldest = at + 1 == TRADES ? 0 : at + 1;
        }
        recent[at] = price;
        if (at == TRADES - 1) {
            lowest = Long.MAX_VALUE;
            highest = Long.MIN_VALUE;
            for (long each : recent) {
                lowest = Math.min(lowest, each);
                highest = Math.max(highest, each);
            }
        } else {
            lowest = Math.min(lowest, price);
            highest = Math.max(highest, price);
        }
        return spike;
    }

    /** Whether prices within this range can hold a spike at all. */
    public static boolean isPossible(double lowest, double highest) {
        return Math.log(highest / lowest) > LEAST;
    }

    /** The median lies among them, so what is near all of them is near it: nearly every trade is judged by this alone. */
    private boolean isNearAll(long price) {
        return price <= lowest * HIGHEST_USUAL && price >= highest * LOWEST_USUAL;
    }

    private boolean isSpike(long price) {
        System.arraycopy(recent, 0, sorted, 0, TRADES);
        Arrays.sort(sorted);
        double median = .5 * sorted[TRADES / 2 - 1] + .5 * sorted[TRADES / 2];
        double off = off(price, median);
        return off > LEAST && off > DEVIATIONS * deviation(median);
    }

    private static double off(long price, double median) {
        return Math.abs(Math.log(price / median));
    }

    /** On either side of the median they ascend outwards, so the two sides are merged up to their middle. */
    private double deviation(double median) {
        int below = TRADES / 2 - 1;
        int above = TRADES / 2;
        double last = 0;
        double before = 0;
        for (int i = 0; i <= TRADES / 2; i++) {
            before = last;
            double down = below < 0 ? Double.MAX_VALUE : off(sorted[below], median);
            double up = above == TRADES ? Double.MAX_VALUE : off(sorted[above], median);
            if (down <= up) {
                last = down;
                below--;
            } else {
                last = up;
                above++;
            }
        }
        return .5 * before + .5 * last;
    }

    /** Part of the state of whoever keeps it. */
    public void writeTo(StateWriter out) {
        out.writeInt(count);
        for (int i = 0; i < count; i++) {
            out.writeLong(recent[(oldest + i) % TRADES]);
        }
    }

    /** Takes up what another wrote; this one is new. */
    public void readFrom(StateReader in) {
        int held = in.readIndex(TRADES + 1);
        for (int i = 0; i < held; i++) {
            add(in.readLong());
        }
    }
}
