package dev.millrace.bars;

import dev.millrace.market.Basis;
import dev.millrace.market.Timeframe;

/**
 * What every symbol has one series of.
 *
 * @param bornMs the venue's clock when the settings first asked for it, {@link Long#MIN_VALUE} when they did from the
 *     start: a bucket that starts before it was not watched whole
 */
record SeriesPlan(Timeframe timeframe, Basis basis, long bornMs) implements Comparable<SeriesPlan> {

    /** The earliest bucket that gets a bar. Those before it may have had one in an earlier life of the series. */
    long firstStartMs() {
        return bornMs == Long.MIN_VALUE ? Long.MIN_VALUE : timeframe.startOf(bornMs);
    }

    boolean sameSeries(SeriesPlan other) {
        return basis == other.basis && timeframe.equals(other.timeframe);
    }

    @Override
    public int compareTo(SeriesPlan other) {
        int byLength = timeframe.compareTo(other.timeframe);
        return byLength != 0 ? byLength : Integer.compare(basis.ordinal(), other.basis.ordinal());
    }
}
