package dev.millrace.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.market.Instrument;
import dev.millrace.market.Instruments;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import dev.millrace.market.SymbolTable;
import dev.millrace.market.TickSink;
import dev.millrace.market.VenueCandle;
import dev.millrace.metrics.Counters;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class MetadataRecordsTest {

    private static final String OWN = "{\"type\":\"metaAndAssetCtxs\"}";
    private static final String FUNDING = "{\"type\":\"fundingHistory\",\"coin\":\"A\",\"startTime\":0}";
    private static final String XYZ = "{\"type\":\"metaAndAssetCtxs\",\"dex\":\"xyz\"}";

    private final Instruments instruments = new Instruments(new SymbolTable());
    private final List<String> told = new ArrayList<>();
    private final MetadataRecords records = new MetadataRecords(
            instruments,
            new HistoryRecords(() -> null, new Told(), new Counters())::onHistory,
            new Told(),
            new Counters());
    private boolean takesHistory;
    private long sequence;

    @Test
    void shouldTellEachChangeOnceWithTheTimeItWasKnown() {
        reply(OWN, perps("A", "B"));
        reply(OWN, perps("A", "B"));
        reply(OWN, perps("A,'isDelisted':true", "B,'maxLeverage':50"));
        assertEquals(List.of("1 A", "1 B", "3 A delisted", "3 B x50"), told);
    }

    /** A page of history has megabytes, and only the store takes it. */
    @Test
    void shouldPassHistoryOnlyToASinkThatTakesIt() {
        reply(FUNDING, "[]");
        takesHistory = true;
        reply(FUNDING, "[]");
        assertEquals(List.of("2 history, 2 bytes"), told);
    }

    @Test
    void shouldKnowNothingBeforeTheReply() {
        reply(OWN, perps("A"));
        assertNull(instruments.of("B"));
        reply(OWN, perps("A", "B"));
        assertEquals(1, instruments.of("B").index());
    }

    @Test
    void shouldFindANewNameInTheSamePlace() {
        reply(OWN, perps("A", "OLD", "C"));
        reply(OWN, perps("A", "NEW", "C", "D"));
        assertEquals(List.of("1 A", "1 OLD", "1 C", "2 OLD delisted", "2 NEW was OLD", "2 D"), told);
        assertTrue(instruments.of("OLD").delisted());
    }

    @Test
    void shouldTakeWhatIsNamedNoMoreForGoneInItsOwnExchangeAlone() {
        reply(OWN, perps("A", "B"));
        reply(XYZ, perps("xyz:A", "xyz:B"));
        reply(
                "{\"type\":\"spotMeta\"}",
                "{'tokens':[{'index':0,'szDecimals':2}]," + "'universe':[{'name':'@1','index':1,'tokens':[0,0]}]}");
        reply(OWN, perps("A"));
        reply(XYZ, perps("xyz:A", "xyz:B"));
        assertEquals("4 B delisted", told.get(told.size() - 1));
        assertFalse(instruments.of("xyz:B").delisted() || instruments.of("@1").delisted());
        reply(OWN, perps("A", "B"));
        assertEquals("6 B", told.get(told.size() - 1), "it came back");
    }

    @Test
    void shouldChangeNothingByAReplyThatIsEmptyOrNone() {
        reply(OWN, perps("A"));
        reply(OWN, "[{'universe':[]},[]]");
        reply(OWN, "null");
        reply("500 ", OWN, "null");
        assertEquals(List.of("1 A"), told);
        assertFalse(instruments.of("A").delisted());
    }

    private void reply(String request, String body) {
        reply("200 ", request, body);
    }

    private void reply(String status, String request, String body) {
        byte[] payload = (status + request + "\n" + body.replace('\'', '"')).getBytes(UTF_8);
        MarketEvent event = new MarketEvent(0);
        event.borrow(payload);
        event.set(RecordKind.REST, 0, 1_000 * ++sequence, payload.length);
        event.sequence(sequence);
        records.onRest(event);
    }

    /** @param entries a name, and members after a comma */
    private static String perps(String... entries) {
        List<String> perps = new ArrayList<>();
        List<String> contexts = new ArrayList<>();
        for (String entry : entries) {
            String[] parts = entry.split(",", 2);
            perps.add("{'name':'" + parts[0] + "','szDecimals':2" + (parts.length > 1 ? "," + parts[1] : "") + "}");
            contexts.add("{'dayNtlVlm':'1'}");
        }
        return "[{'universe':[" + String.join(",", perps) + "]},[" + String.join(",", contexts) + "]]";
    }

    private final class Told implements TickSink {

        @Override
        public void onHistory(String request, byte[] body, Predicate<VenueCandle> repairing, long receiveNs, long at) {
            told.add(at + " history, " + body.length + " bytes");
        }

        @Override
        public boolean takesHistory() {
            return takesHistory;
        }

        @Override
        public void onInstrument(Instrument instrument, String formerName, long receiveNs, long at) {
            assertEquals(1_000 * at, receiveNs);
            told.add(at + " " + instrument.name()
                    + (instrument.delisted() ? " delisted" : "")
                    + (instrument.maxLeverage() > 0 ? " x" + instrument.maxLeverage() : "")
                    + (formerName == null ? "" : " was " + formerName));
        }
    }
}
