package dev.millrace.market;

/** One accepted trade, as strategies see it: a reusable view, valid during the call only. */
public final class Trade {

    public int symbol;
    public String symbolName;
    /** Exchange time, ms. */
    public long timeMs;
    /** Trade id, unique only together with symbol and time. */
    public long tid;
    /** Scale 8. */
    public long price;
    /** Scale 8, or 4 as {@link #sizeScale} says. */
    public long size;

    public int sizeScale;
    /** Whether the aggressor bought. */
    public boolean buy;
    /** Receive time of its frame, ns. */
    public long receiveNs;
    /** The journal's sequence of its frame. */
    public long sequence;
}
