package dev.millrace.market;

/**
 * What is proven of a symbol's stream, in exchange time. Read on the market thread while a record is applied.
 *
 * <p>Coverage may grow at its newest edge in silence, up to the venue's clock. Every other change — a truncation, a join,
 * growth over an interval that the clock had already left — is told to the readers in the record that made it. A
 * truncation never reaches back beyond {@code bars.revision-window}, and a join never changes anything before
 * {@link #unresolvedFrom} as it stood: what is decided stays decided.
 */
public interface CoverageView {

    /** Whether the half-open interval {@code [fromMs, toMs)} is proven whole. */
    boolean covered(int symbol, Basis basis, long fromMs, long toMs);

    /**
     * The exchange time in ms from which coverage is still undecided because the stream broke and has not come back;
     * {@link Long#MAX_VALUE} when nothing is undecided.
     */
    long unresolvedFrom(int symbol, Basis basis);
}
