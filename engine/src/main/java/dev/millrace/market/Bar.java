package dev.millrace.market;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * One bar: the bucket {@code [startMs, endMs)} of exchange time of one symbol. Mutable and reused by its owner; a sink
 * that keeps one takes a {@link #copy}. Open is the first and close the last trade by (exchange time, arrival).
 *
 * <p>An empty bar under the {@code carry} policy has all four prices equal to the close before it; under {@code null}
 * they are {@link Decimals#NULL_PRICE}. Bars of {@link Basis#MID} count samples in {@link #count} and have no volume.
 */
public final class Bar {

    /** VWAP is given to this many significant digits. */
    public static final MathContext VWAP_DIGITS = new MathContext(12, RoundingMode.HALF_EVEN);

    public int symbol;
    public String symbolName;
    public Timeframe timeframe;
    public Basis basis;
    /** Start of the bucket, exchange time in ms. */
    public long startMs;
    /** Prices at scale 8, or {@link Decimals#NULL_PRICE}. */
    public long open;

    public long high;
    public long low;
    public long close;
    /** Σ size, scale 8. */
    public final Sum128 volume = new Sum128();
    /** Σ price × size, scale 16. */
    public final Sum128 quoteVolume = new Sum128();
    /** Σ size of trades whose aggressor bought, scale 8. */
    public final Sum128 buyVolume = new Sum128();
    /** Trades, or samples of a mid bar. */
    public long count;
    /** Exchange time of the first and the last trade; 0 in an empty bar. */
    public long firstTimeMs;

    public long lastTimeMs;
    /** Whether the whole bucket is covered by a stream proven whole. */
    public boolean complete;
    /** 0 for the first emission, then 1, 2 … */
    public int revision;
    /** Receive time of the record that made this revision, ns. */
    public long knownAtNs;

    public long endMs() {
        return startMs + timeframe.millis();
    }

    public boolean isEmpty() {
        return count == 0;
    }

    /** Quote ÷ volume from the exact sums, rounded once (HALF_EVEN, 12 significant digits); null without volume. Cold. */
    public BigDecimal vwap() {
        return volume.isZero() ? null : quoteVolume.decimal(16).divide(volume.decimal(8), VWAP_DIGITS);
    }

    public void set(Bar other) {
        symbol = other.symbol;
        symbolName = other.symbolName;
        timeframe = other.timeframe;
        basis = other.basis;
        startMs = other.startMs;
        open = other.open;
        high = other.high;
        low = other.low;
        close = other.close;
        volume.set(other.volume);
        quoteVolume.set(other.quoteVolume);
        buyVolume.set(other.buyVolume);
        count = other.count;
        firstTimeMs = other.firstTimeMs;
        lastTimeMs = other.lastTimeMs;
        complete = other.complete;
        revision = other.revision;
        knownAtNs = other.knownAtNs;
    }

    /** Writes what distinguishes it within its series. */
    public void writeTo(StateWriter out) {
        out.writeLong(startMs);
        out.writeLong(open);
        out.writeLong(high);
        out.writeLong(low);
        out.writeLong(close);
        out.writeSum(volume);
        out.writeSum(quoteVolume);
        out.writeSum(buyVolume);
        out.writeLong(count);
        out.writeLong(firstTimeMs);
        out.writeLong(lastTimeMs);
        out.writeFlag(complete);
        out.writeInt(revision);
        out.writeLong(knownAtNs);
    }

    /** Takes up what was written; symbol, timeframe and basis are the series'. */
    public void readFrom(StateReader in) {
        startMs = in.readLong();
        open = in.readLong();
        high = in.readLong();
        low = in.readLong();
        close = in.readLong();
        in.readSum(volume);
        in.readSum(quoteVolume);
        in.readSum(buyVolume);
        count = in.readLong();
        firstTimeMs = in.readLong();
        lastTimeMs = in.readLong();
        complete = in.readFlag();
        revision = in.readInt();
        knownAtNs = in.readLong();
    }

    public Bar copy() {
        Bar copy = new Bar();
        copy.set(this);
        return copy;
    }

    @Override
    public String toString() {
        return symbolName + " " + timeframe + " " + basis.label() + " " + startMs + " o=" + price(open) + " h="
                + price(high) + " l=" + price(low) + " c=" + price(close) + " v=" + Decimals.text(volume.decimal(8))
                + " n=" + count + (complete ? " complete" : " incomplete") + " r" + revision;
    }

    private static String price(long value) {
        return value == Decimals.NULL_PRICE ? "null" : Decimals.text(value);
    }
}
