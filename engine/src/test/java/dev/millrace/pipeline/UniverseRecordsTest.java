package dev.millrace.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.discovery.DecisionRecord;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import dev.millrace.market.StateException;
import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;
import dev.millrace.market.TickSink;
import dev.millrace.market.UniverseDecision;
import dev.millrace.metrics.Counters;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UniverseRecordsTest {

    private static final UniverseDecision DECISION = new UniverseDecision(7, "first", List.of());

    private final Counters counters = new Counters();
    private final List<UniverseDecision> told = new ArrayList<>();
    private final UniverseRecords records = new UniverseRecords(
            new TickSink() {
                @Override
                public void onUniverse(UniverseDecision decision, long receiveNs, long sequence) {
                    told.add(decision);
                }
            },
            counters);

    @Test
    void shouldKeepAndTellTheLastDecision() {
        assertEquals(UniverseDecision.NONE, records.last());
        records.onDecision(event(DecisionRecord.encode(DECISION)));
        assertEquals(DECISION, records.last());
        assertEquals(List.of(DECISION), told);
    }

    @Test
    void shouldKeepTheLastDecisionBehindOneThatIsNone() {
        records.onDecision(event(DecisionRecord.encode(DECISION)));
        records.onDecision(event("{}".getBytes(StandardCharsets.UTF_8)));
        assertEquals(DECISION, records.last());
        assertEquals(1, counters.value("universe.refused"));
    }

    @Test
    void shouldBePartOfTheState() {
        assertEquals(UniverseDecision.NONE, resumed().last());
        records.onDecision(event(DecisionRecord.encode(DECISION)));
        assertEquals(DECISION, resumed().last());
        byte[] bytes = "{}".getBytes(StandardCharsets.UTF_8);
        StateWriter damaged = new StateWriter();
        damaged.writeBytes(bytes, bytes.length);
        assertThrows(StateException.class, () -> records.readFrom(new StateReader(damaged.bytes(), damaged.length())));
    }

    private UniverseRecords resumed() {
        StateWriter out = new StateWriter();
        out.section(records);
        UniverseRecords other = new UniverseRecords(TickSink.NONE, new Counters());
        new StateReader(out.bytes(), out.length()).section(other);
        return other;
    }

    private static MarketEvent event(byte[] payload) {
        MarketEvent event = new MarketEvent(0);
        event.borrow(payload);
        event.set(RecordKind.UNIVERSE, 0, 1, payload.length);
        return event;
    }
}
