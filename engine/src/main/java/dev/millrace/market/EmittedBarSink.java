package dev.millrace.market;

/** Where every emitted bar and revision is kept, to be compared when it is made again. Called on the market thread. */
@FunctionalInterface
public interface EmittedBarSink {

    /** Keeps nothing. */
    EmittedBarSink NONE = (bar, sequence) -> {};

    /**
     * A bar or a revision of it left the market.
     *
     * @param bar reused after the call
     * @param sequence the journal's record that made it; never falls from call to call
     */
    void onEmitted(Bar bar, long sequence);
}
