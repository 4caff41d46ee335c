package dev.millrace.market;

/** Where bars go: the strategies live, the store behind the journal, a list in a test. Called on the market thread. */
public interface BarSink {

    /** A bar closed; revision 0. The object is reused after the call. */
    void onBar(Bar bar);

    /** A closed bar changed: a late trade, or a later proof that its bucket is or is not covered. */
    void onBarRevised(Bar bar);
}
