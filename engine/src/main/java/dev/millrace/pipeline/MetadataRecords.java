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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Reads the venue's metadata out of journaled REST replies, so that a replay knows of instruments what live knew then. What a
 * later reply to the same request names no more is gone; a new name in its place is the same instrument, renamed.
 */
final class MetadataRecords {

    private static final String OK = "200 ";

    private final MetadataDecoder decoder = new MetadataDecoder();
    private final Instruments instruments;
    private final TickSink ticks;
    private final History history;
    private final Counter refused;

    /** Takes replies with candles or funding, whose status was 200; a page has megabytes, and is copied when asked for. */
    @FunctionalInterface
    interface History {
        void onHistory(String request, Supplier<byte[]> body, MarketEvent event);
    }

    MetadataRecords(Instruments instruments, History history, TickSink ticks, Counters counters) {
        this.history = history;
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
        if (isHistory(head)) {
            history.onHistory(head.substring(OK.length()), () -> body(event, lineEnd), event);
            return;
        }
        InstrumentScope scope = InstrumentScope.ofRequest(head);
        if (scope != null) {
            onMetadata(scope, body(event, lineEnd), event);
        }
    }

    private static boolean isHistory(String head) {
        return head.contains("\"candleSnapshot\"") || head.contains("\"fundingHistory\"");
    }

    private static byte[] body(MarketEvent event, int lineEnd) {
        return Arrays.copyOfRange(event.bytes(), lineEnd + 1, event.length());
    }

    private void onMetadata(InstrumentScope scope, byte[] body, MarketEvent event) {
        try {
            List<Instrument> named =
                    scope.isSpot() ? decoder.spotMeta(body, body.length) : decoder.metaAndAssetCtxs(body, body.length);
            update(scope, named, event);
        } catch (IOException notMetadata) {
            // The reply stays in the journal; instruments it would have named keep the default scale.
            refused.increment();
        }
    }

    /** A reply names all that its exchange has. One that names none is a failure of the venue: nothing is gone then. */
    private void update(InstrumentScope scope, List<Instrument> named, MarketEvent event) {
        if (named.isEmpty()) {
            return;
        }
        Set<String> names = named.stream().map(Instrument::name).collect(Collectors.toSet());
        Map<Integer, String> goneByIndex = new HashMap<>();
        List<Instrument> changed = new ArrayList<>();
        for (Instrument known : instruments.all()) {
            if (scope.holds(known) && !names.contains(known.name())) {
                goneByIndex.put(known.index(), known.name());
                changed.add(known.gone());
            }
        }
        changed.addAll(named);
        for (Instrument instrument : changed) {
            Instrument before = instruments.of(instrument.name());
            if (!instrument.isLike(before)) {
                String formerName = before == null ? goneByIndex.get(instrument.index()) : null;
                ticks.onInstrument(instrument, formerName, event.receiveNs(), event.sequence());
            }
        }
        instruments.update(changed);
    }

    /** Tells all that is known now, as of this record. */
    void tellKnown(long receiveNs, long sequence) {
        for (Instrument known : instruments.all()) {
            ticks.onInstrument(known, null, receiveNs, sequence);
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
