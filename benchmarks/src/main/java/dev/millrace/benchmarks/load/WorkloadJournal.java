package dev.millrace.benchmarks.load;

import dev.millrace.config.ConfigLoader;
import dev.millrace.config.EngineConfig;
import dev.millrace.config.SessionHeader;
import dev.millrace.config.StartReason;
import dev.millrace.journal.JournalWriter;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import dev.millrace.market.Source;
import dev.millrace.metrics.Counters;
import dev.millrace.pipeline.LocalClock;
import dev.millrace.pipeline.Market;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A journal of a workload, as a daemon would have left it that received the messages at their exchange times. */
final class WorkloadJournal {

    private static final long NS_PER_MESSAGE = TimeUnit.MILLISECONDS.toNanos(1);

    private final EngineConfig config;
    private final MarketEvent event = new MarketEvent(1 << 16);
    private long receiveNs = TimeUnit.MILLISECONDS.toNanos(WorkloadWriter.START_MS);

    WorkloadJournal(EngineConfig config) {
        this.config = config;
    }

    /** The settings of a store whose everything lies in this folder. */
    static EngineConfig config(Path folder, List<String> settings) {
        List<String> all = new ArrayList<>(List.of("data.dir=" + folder, "lake.hourly=false"));
        all.addAll(settings);
        return ConfigLoader.ofProcess().load(List.of(), all).engine();
    }

    /** Writes all messages, behind a session's header. */
    static void write(Workload workload, EngineConfig config) {
        WorkloadJournal journal = new WorkloadJournal(config);
        try (JournalWriter writer =
                JournalWriter.open(config.data().journal(), config.journal(), LocalClock.system(), new Counters())) {
            journal.session(writer);
            for (int i = 0; i < workload.count(); i++) {
                journal.frame(writer, workload.wire(i, i + 1));
            }
        }
    }

    /** The header that a journal begins with. */
    void session(JournalWriter writer) {
        SessionHeader header = new SessionHeader(
                "benchmark",
                Market.SEMANTICS_VERSION,
                StartReason.CLEAN,
                config.hyperliquid().environment(),
                "unknown",
                "all",
                "trades",
                config.results());
        append(writer, RecordKind.SESSION, Source.ENGINE, ByteBuffer.wrap(header.toPayload()));
    }

    /** Writes the one message of these bytes as they go over the wire. */
    void frame(JournalWriter writer, ByteBuffer wire) {
        int payload = WireFrames.payloadAt(wire, 0, wire.limit());
        append(writer, RecordKind.FRAME, Source.HYPERLIQUID_WS, wire.slice(payload, WireFrames.length(wire, 0)));
        receiveNs += NS_PER_MESSAGE;
    }

    private void append(JournalWriter writer, RecordKind kind, int stream, ByteBuffer payload) {
        int length = payload.remaining();
        payload.get(event.bytes(), 0, length);
        event.set(kind, Source.of(stream, stream == Source.ENGINE ? 0 : 1, 0), receiveNs, length);
        writer.append(event);
    }
}
