package dev.millrace.pipeline;

import dev.millrace.codec.hyperliquid.MetadataDecoder;
import dev.millrace.market.Instruments;
import dev.millrace.market.MarketEvent;
import dev.millrace.metrics.Counter;
import dev.millrace.metrics.Counters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the venue's metadata out of journaled REST replies, so that scales are known in a replay as they were live. */
final class MetadataRecords {

    private final MetadataDecoder decoder = new MetadataDecoder();
    private final Instruments instruments;
    private final Counter refused;

    MetadataRecords(Instruments instruments, Counters counters) {
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
        if (!head.startsWith("200 ")) {
            return;
        }
        byte[] body = Arrays.copyOfRange(event.bytes(), lineEnd + 1, event.length());
        try {
            if (head.contains("\"metaAndAssetCtxs\"")) {
                instruments.update(decoder.metaAndAssetCtxs(body, body.length));
            } else if (head.contains("\"spotMeta\"")) {
                instruments.update(decoder.spotMeta(body, body.length));
            }
        } catch (IOException notMetadata) {
            // The reply stays in the journal; instruments it would have named keep the default scale.
            refused.increment();
        }
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
