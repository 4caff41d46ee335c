package dev.millrace.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.market.MarketEvent;
import dev.millrace.pipeline.Frames.VenueTrade;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code journal cat --bad} lists: frames that do not decode whole, and nothing else. */
class BadFramesTest {

    private final Tape tape = new Tape();

    @Test
    void shouldListWhatDoesNotDecodeWhole() {
        String good = Frames.trades(List.of(new VenueTrade("A", 1_700_000_000_000L, 1, 100_00000000L, 100, true)));
        tape.frame(1, 0, good)
                .frame(1, 1, good.substring(0, good.length() - 9))
                .frame(1, 2, Frames.tradesAck("A"))
                .frame(1, 3, good.replace("\"px\":\"", "\"px\":\"-"))
                .frame(1, 4, "{\"channel\":\"pong\"}")
                .frame(1, 5, "{\"channel\":\"trades\",\"data\":7}")
                .frame(1, 6, "no message")
                .frame(1, 7, "{\"channel\":\"novelty\",\"data\":7}")
                .frame(1, 8, "Websocket connection established.")
                .clock(9);
        BadFrames bad = new BadFrames();
        assertEquals(
                List.of(2L, 4L, 6L, 7L),
                tape.records().stream().filter(bad).map(MarketEvent::sequence).toList());
    }

    /** Sizes of cheap tokens fit once it is known that they have few decimals. */
    @Test
    void shouldKnowTheScalesThatTheJournalNames() {
        String huge = Frames.trades(List.of(new VenueTrade("A", 1_700_000_000_000L, 1, 100_00000000L, 100, true)))
                .replaceFirst("\"sz\":\"[^\"]*", "\"sz\":\"200000000000");
        tape.frame(1, 0, huge)
                .rest(
                        1,
                        "200 {\"type\":\"metaAndAssetCtxs\"}\n[{\"universe\":[{\"name\":\"A\",\"szDecimals\":0}]},"
                                + "[{\"dayNtlVlm\":\"1.5\"}]]")
                .frame(1, 2, huge);
        BadFrames bad = new BadFrames();
        assertEquals(
                List.of(1L),
                tape.records().stream().filter(bad).map(MarketEvent::sequence).toList());
    }
}
