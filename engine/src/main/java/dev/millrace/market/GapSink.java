package dev.millrace.market;

/** Where derived gaps go: the journal as annotations, the strategies, a list in a test. */
public interface GapSink {

    /**
     * A gap became known, or its evidence or repair changed.
     *
     * @param receiveNs receive time of the record that showed it
     */
    void onGap(Gap gap, long receiveNs);
}
