package dev.millrace.pipeline;

import dev.millrace.discovery.DecisionRecord;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.StateException;
import dev.millrace.market.StatePart;
import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;
import dev.millrace.market.TickSink;
import dev.millrace.market.UniverseDecision;
import dev.millrace.metrics.Counter;
import dev.millrace.metrics.Counters;
import java.io.IOException;
import java.util.Arrays;

/**
 * Reads the decisions about the universe. The last one is part of the state: the next decision goes by it. Market thread,
 * once a day.
 */
final class UniverseRecords implements StatePart {

    private final TickSink ticks;
    private final Counter refused;
    /** As it stands in the journal; empty before the first. */
    private byte[] payload = {};

    private UniverseDecision last = UniverseDecision.NONE;

    UniverseRecords(TickSink ticks, Counters counters) {
        this.ticks = ticks;
        refused = counters.counter("universe.refused", "Journaled decisions about the universe that could not be read");
    }

    void onDecision(MarketEvent event) {
        try {
            last = DecisionRecord.decode(event.bytes(), event.length());
            payload = Arrays.copyOf(event.bytes(), event.length());
            ticks.onUniverse(last, event.receiveNs(), event.sequence());
        } catch (IOException notADecision) {
            // It stays in the journal; the decision of before stays in force.
            refused.increment();
        }
    }

    UniverseDecision last() {
        return last;
    }

    @Override
    public String stateTag() {
        return "UNIV";
    }

    @Override
    public void writeTo(StateWriter out) {
        out.writeBytes(payload, payload.length);
    }

    @Override
    public void readFrom(StateReader in) {
        payload = in.readBytes();
        try {
            last = payload.length == 0 ? UniverseDecision.NONE : DecisionRecord.decode(payload, payload.length);
        } catch (IOException e) {
            throw new StateException("section " + stateTag() + ": " + e.getMessage(), e);
        }
    }
}
