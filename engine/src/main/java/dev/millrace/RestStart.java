package dev.millrace;

import dev.millrace.codec.hyperliquid.InfoRequest;
import dev.millrace.config.EngineConfig;
import dev.millrace.journal.JournalException;
import dev.millrace.journal.JournalReader;
import dev.millrace.market.EventSink;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.NanoClock;
import dev.millrace.market.RecordKind;
import dev.millrace.metrics.Counters;
import dev.millrace.rest.Budget;
import dev.millrace.rest.InfoClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The client of the venue's REST interface, and what the last minute's sessions have spent of its budget. */
final class RestStart {

    private static final Logger LOG = LoggerFactory.getLogger(RestStart.class);
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private RestStart() {}

    static InfoClient client(EngineConfig config, EventSink sink, NanoClock clock, Counters counters) {
        int cap = Budget.VENUE_WEIGHT - config.rest().headroom();
        Budget budget = new Budget(cap, WINDOW, System::nanoTime, counters);
        return new InfoClient(config.hyperliquid(), config.rest(), budget, sink, clock, counters);
    }

    /** A journal that cannot be read is said elsewhere; here it costs a minute at most. */
    static void remember(EngineConfig config, InfoClient venue, long nowNs) {
        if (!Files.isDirectory(config.data().journal())) {
            return;
        }
        MarketEvent event = new MarketEvent(1 << 16);
        try (JournalReader reader = JournalReader.open(config.data().journal())) {
            reader.seekReceiveTime(nowNs - WINDOW.toNanos());
            while (reader.read(event)) {
                if (event.kind() == RecordKind.REST && nowNs - event.receiveNs() < WINDOW.toNanos()) {
                    remember(event, venue, nowNs);
                }
            }
        } catch (JournalException | IOException e) {
            LOG.warn("what was spent of the REST budget in the last minute is not known: {}", e.getMessage());
        }
    }

    /** {@code <status> <request>}, a line feed, the reply. */
    private static void remember(MarketEvent event, InfoClient venue, long nowNs) throws IOException {
        String text = new String(event.bytes(), 0, event.length(), StandardCharsets.UTF_8);
        int request = text.indexOf(' ') + 1;
        int end = text.indexOf('\n');
        if (end > request) {
            Duration ago = Duration.ofNanos(Math.max(0, nowNs - event.receiveNs()));
            venue.remember(ago, InfoRequest.parse(text.substring(request, end)));
        }
    }
}
