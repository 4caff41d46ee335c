package dev.millrace;

import dev.millrace.config.EngineConfig;
import dev.millrace.control.ControlCommand;
import dev.millrace.control.ControlReply;
import dev.millrace.market.EventSink;
import dev.millrace.market.NanoClock;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.ErrorLog;
import dev.millrace.sentiment.FearGreedClient;
import dev.millrace.sentiment.FearGreedPolling;
import dev.millrace.sentiment.SentimentState;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The daemon's questions for sentiment, where it is enabled, and what the command line may ask of them. */
final class SentimentStart {

    /** Beyond the longest question. */
    private static final long REFRESH_S = 25;

    private final EngineConfig config;
    private final NanoClock clock;
    private volatile FearGreedPolling polling;

    SentimentStart(EngineConfig config, NanoClock clock) {
        this.config = config;
        this.clock = clock;
    }

    /** To be closed before what takes the records; empty where sentiment is not enabled. */
    Optional<AutoCloseable> start(EventSink sink, Counters counters, ErrorLog errors) {
        if (!config.sentiment().enabled()) {
            return Optional.empty();
        }
        FearGreedClient client = new FearGreedClient(
                config.sentiment().url(), config.hyperliquid().tlsTrust(), sink, clock, counters);
        polling = FearGreedPolling.start(client, config.sentiment().pollInterval(), clock, errors);
        return Optional.of(polling);
    }

    /** Command {@code sentiment}; see {@code doc/formats/control.md}. */
    ControlCommand command() {
        return this::answer;
    }

    private void answer(Map<String, Object> request, ControlReply reply)
            throws IOException, InterruptedException, ExecutionException {
        FearGreedPolling running = polling;
        if (running == null) {
            reply.send(Map.of("enabled", config.sentiment().enabled()));
            return;
        }
        boolean refresh = Boolean.TRUE.equals(request.get("refresh"));
        reply.send(line(refresh ? refreshed(running) : running.state()));
    }

    private static SentimentState refreshed(FearGreedPolling running) throws InterruptedException, ExecutionException {
        try {
            return running.refresh().get(REFRESH_S, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("no word of the source within " + REFRESH_S + " s; see millrace status", e);
        }
    }

    private Map<String, Object> line(SentimentState state) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("enabled", true);
        state.reading().ifPresent(reading -> {
            line.put("day_ms", reading.dayMs());
            line.put("value", reading.value());
            line.put("classification", reading.classification());
            line.put("receive_ns", reading.receiveNs());
        });
        line.put("problem", state.problem());
        return line;
    }
}
