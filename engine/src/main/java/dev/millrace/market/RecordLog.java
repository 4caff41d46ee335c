package dev.millrace.market;

/**
 * Where every record is kept before anyone acts on it: the journal's writing end. One thread, the journaller. A record is
 * there to stay when the call returns, whatever becomes of the process.
 */
public interface RecordLog {

    /** Appends the event and gives it its sequence. */
    void append(MarketEvent event);

    /** Appends a record that did not come through the ring, a gap for example. */
    void appendAnnotation(RecordKind kind, long source, long receiveNs, byte[] payload, int length);
}
