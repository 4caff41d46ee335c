package dev.millrace.market;

/** One update of the venue's own candle; the open one is sent again on every change and none says that it is final. */
public final class Candle {

    /** False when the frame was refused. */
    public boolean valid;

    public int symbol;
    /** Length of the interval in ms; 0 for {@code 1w} and {@code 1M}, which are not whole multiples of a day from 1970. */
    public long intervalMs;
    /** The venue's name of the interval, one shared instance each. */
    public String interval;

    public long startMs;
    /** Last millisecond of the bucket, inclusive; lies in the future. */
    public long endInclusiveMs;
    /** Scale 8. */
    public long open;

    public long high;
    public long low;
    public long close;
    public final WideDecimal volume = new WideDecimal();
    public long tradeCount;

    public void clear() {
        valid = false;
        volume.clear();
    }
}
