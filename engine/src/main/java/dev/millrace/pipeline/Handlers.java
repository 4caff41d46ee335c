package dev.millrace.pipeline;

import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import dev.millrace.market.RecordLog;
import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;
import java.util.Collection;

/** What a record goes through, on whatever threads: first the journal, then the market. */
final class Handlers {

    final Market market;
    private final RecordLog journal;
    private final GapAnnotations gaps;

    /** @param gaps where the market leaves what it derives */
    Handlers(RecordLog journal, GapAnnotations gaps, Market market) {
        this.journal = journal;
        this.gaps = gaps;
        this.market = market;
    }

    /** Journaller thread. */
    void onJournal(MarketEvent event) {
        writeGaps();
        journal.append(event);
    }

    /**
     * Market thread.
     *
     * @return whether a snapshot may be taken behind this record: a clock record, behind every gap that the market knows of
     */
    boolean onMarket(MarketEvent event) {
        market.onEvent(event);
        return event.kind() == RecordKind.CLOCK && gaps.areWritten();
    }

    /** Journaller thread, or after its end. */
    void writeGaps() {
        gaps.writeTo(journal);
    }

    /** See {@link Pipeline#resume}. */
    void resume(Market recovered, Collection<GapMatch.Derived> unwritten) {
        if (recovered.isBegun()) {
            StateWriter state = new StateWriter();
            recovered.writeTo(state);
            StateReader in = new StateReader(state.bytes(), state.length());
            market.readFrom(in, recovered.sequence(), recovered.receiveNs());
        }
        unwritten.forEach(derived -> gaps.onGap(derived.gap(), derived.receiveNs()));
    }
}
