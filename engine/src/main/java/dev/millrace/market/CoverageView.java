package dev.millrace.market;

/** Which stretches of exchange time are proven whole. Market thread. */
public interface CoverageView {

    /** Whether the stream behind these bars is proven whole over {@code [fromMs, toMs)} of exchange time. */
    boolean covered(int symbol, Basis basis, long fromMs, long toMs);

    /**
     * Exchange time from which it is still undecided whether the stream was whole (it broke and has not come back);
     * Long.MAX_VALUE when nothing is undecided.
     */
    long unresolvedFrom(int symbol, Basis basis);
}
