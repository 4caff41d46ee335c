package dev.millrace.pipeline;

import dev.millrace.codec.hyperliquid.HyperliquidDecoder;
import dev.millrace.market.Channel;
import dev.millrace.market.DecodedFrame;
import dev.millrace.market.Instruments;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import dev.millrace.market.SymbolTable;
import dev.millrace.market.TickSink;
import dev.millrace.metrics.Counters;
import java.util.function.Predicate;

/** Finds the frames that do not decode whole: what {@code journal cat --bad} lists. One thread. */
public final class BadFrames implements Predicate<MarketEvent> {

    private final DecodedFrame frame = new DecodedFrame();
    private final HyperliquidDecoder decoder;
    private final MetadataRecords metadata;

    public BadFrames() {
        Counters counters = new Counters();
        SymbolTable symbols = new SymbolTable();
        Instruments instruments = new Instruments(symbols);
        decoder = new HyperliquidDecoder(symbols, instruments, counters);
        metadata = new MetadataRecords(instruments, (request, body, event) -> {}, TickSink.NONE, counters);
    }

    @Override
    public boolean test(MarketEvent event) {
        if (event.kind() == RecordKind.REST) {
            metadata.onRest(event); // scales, without which a huge size cannot be read
        }
        if (event.kind() != RecordKind.FRAME) {
            return false;
        }
        decoder.decode(event.bytes(), event.length(), frame);
        return frame.refused > 0 || (frame.channel == Channel.NOT_A_MESSAGE && !frame.greeting);
    }
}
