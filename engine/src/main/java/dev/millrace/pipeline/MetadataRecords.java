package dev.millrace.pipeline;

import dev.millrace.codec.hyperliquid.MetadataDecoder;
import dev.millrace.market.Instrument;
import dev.millrace.market.Instruments;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.TickSink;
import dev.millrace.metrics.Counter;
import dev.millrace.metrics.Counters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Reads the venue's metadata out of journaled REST replies, so that scales are known in a replay as they were live. */
final class MetadataRecords {

    private static final String OK = "200 ";

    private final MetadataDecoder decoder = new MetadataDecoder();
    private final Instruments instruments;
    private final TickSink ticks;
    private final Counter refused;

    MetadataRecords(Instruments instruments, TickSink ticks, Counters counters) {
        this.ticks = ticks;
        this.instruments = instruments;
        refused = counters.counter("rest.refused", "Journaled REST replies that could not be read as metadata");
    }

    /** Takes {@code <status> <request>\n<body>}; replies to other requests pass. */
    void onRest(MarketEvent event) {
        int lineEnd = indexOfLineFeed(event);
        if (lineEnd < 0) {
            refused.increment();
            return;
        }
        String head = new String(event.bytes(), 0, lineEnd, StandardCharsets.UTF_8);
        if (!head.startsWith(OK)) {
            return;
        }
        byte[] body = Arrays.copyOfRange(event.bytes(), lineEnd + 1, event.length());
        try {
            if (head.contains("\"metaAndAssetCtxs\"")) {
                update(decoder.metaAndAssetCtxs(body, body.length), event);
            } else if (head.contains("\"spotMeta\"")) {
                update(decoder.spotMeta(body, body.length), event);
            } else if (head.contains("\"candleSnapshot\"") || head.contains("\"fundingHistory\"")) {
                ticks.onHistory(head.substring(OK.length()), body, event.receiveNs(), event.sequence());
            }
        } catch (IOException notMetadata) {
            // The reply stays in the journal; instruments it would have named keep the default scale.
            refused.increment();
        }
    }

    private void update(List<Instrument> named, MarketEvent event) {
        for (Instrument instrument : named) {
            if (!instrument.isLike(instruments.of(instrument.name()))) {
                ticks.onInstrument(instrument, event.receiveNs(), event.sequence());
            }
        }
        instruments.update(named);
    }

    private static int indexOfLineFeed(MarketEvent event) {
        for (int i = 0; i < event.length(); i++) {
            if (event.bytes()[i] == '\n') {
                return i;
            }
        }
        return -1;
    }
}
