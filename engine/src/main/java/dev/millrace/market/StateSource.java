package dev.millrace.market;

/** What can be copied between two records: a market. Market thread. */
public interface StateSource {

    /** The journal's sequence of the last record applied, annotations apart; 0 before the first. */
    long sequence();

    /** Receive time of that record, ns. */
    long receiveNs();

    /** Writes all that is remembered, a function of the records so far alone; allocates nothing once the writer has grown. */
    void writeTo(StateWriter out);
}
