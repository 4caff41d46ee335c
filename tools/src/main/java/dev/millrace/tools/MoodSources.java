package dev.millrace.tools;

import dev.millrace.Engine;
import dev.millrace.codec.alternativeme.FearGreedDecoder;
import dev.millrace.codec.alternativeme.FearGreedRecord;
import dev.millrace.config.EngineConfig;
import dev.millrace.control.ControlClient;
import dev.millrace.journal.JournalReader;
import dev.millrace.market.EventSink;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import dev.millrace.market.SentimentReading;
import dev.millrace.metrics.Counters;
import dev.millrace.pipeline.LocalClock;
import dev.millrace.sentiment.FearGreedClient;
import dev.millrace.sentiment.SentimentException;
import dev.millrace.store.Limits;
import dev.millrace.store.RefusedException;
import dev.millrace.store.ResultColumn;
import dev.millrace.store.ResultSink;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Where sentiment is known: the daemon, the tables, the journal, at last the source itself. */
final class MoodSources {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final EngineConfig config;
    private final int days;
    private final PrintWriter err;
    private final Mood mood = new Mood();

    MoodSources(EngineConfig config, int days, PrintWriter err) {
        this.config = config;
        this.days = days;
        this.err = err;
    }

    /** @param refresh whether to ask the source */
    Mood read(boolean refresh) throws InterruptedException {
        boolean runs = daemon(refresh);
        if (refresh && !runs) {
            source();
        }
        stored();
        if (mood.days().isEmpty() && mood.problem().isEmpty()) {
            throw new RefusedException("nothing is known of sentiment; ask the source by --refresh");
        }
        if (mood.days().isEmpty()) {
            throw new IllegalStateException("nothing is known of sentiment: " + mood.problem());
        }
        return mood;
    }

    /** Whether one runs. */
    private boolean daemon(boolean refresh) {
        ControlClient daemon = new ControlClient(config.data().dir().resolve(Engine.CONTROL_SOCKET));
        return daemon.ask(Map.of("command", "sentiment", "refresh", refresh), line -> {
            if (refresh && Boolean.FALSE.equals(line.get("enabled"))) {
                throw new RefusedException("the running daemon does not ask for sentiment: sentiment.enabled is false");
            }
            if (line.get("day_ms") instanceof Number day
                    && line.get("value") instanceof Number value
                    && line.get("receive_ns") instanceof Number receiveNs) {
                mood.add(new SentimentReading(
                        day.longValue(), value.intValue(), "" + line.get("classification"), receiveNs.longValue()));
            }
            mood.failed(line.get("problem") instanceof String problem ? problem : "");
        });
    }

    /** What it answers is for nobody but the asker: the journal is the daemon's. */
    private void source() throws InterruptedException {
        FearGreedClient client = new FearGreedClient(
                config.sentiment().url(),
                config.hyperliquid().tlsTrust(),
                new Nowhere(),
                LocalClock.system(),
                new Counters());
        try {
            client.newest(days).readings().forEach(mood::add);
            err.println("no daemon runs on " + config.data().dir() + ": the source's answer is shown, not recorded");
            err.flush();
        } catch (SentimentException e) {
            mood.failed(e.getMessage());
        }
    }

    private void stored() {
        Path database = config.data().database();
        boolean tables = Files.isRegularFile(database)
                || DaemonTables.of(config.data().dir()).isPresent();
        try {
            if (tables) {
                tables();
            } else if (Files.isDirectory(config.data().journal())) {
                journal();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void tables() throws IOException {
        String sql = "SELECT epoch_ms(timestamp) AS day_ms, value, classification, received_ns"
                + " FROM sentiment ORDER BY timestamp DESC";
        try (Tables tables = TableOptions.tables(config)) {
            tables.query(sql, new Limits(days, PATIENCE), new ResultSink() {
                @Override
                public void columns(List<ResultColumn> columns) {
                    // As asked.
                }

                @Override
                public void row(List<Object> values) {
                    mood.add(new SentimentReading(
                            (Long) values.get(0), ((Long) values.get(1)).intValue(), (String) values.get(2), (Long)
                                    values.get(3)));
                }
            });
        }
    }

    private void journal() throws IOException {
        FearGreedDecoder decoder = new FearGreedDecoder();
        MarketEvent event = new MarketEvent(0);
        try (JournalReader journal = JournalReader.open(config.data().journal())) {
            while (journal.read(event)) {
                if (event.kind() == RecordKind.SENTIMENT) {
                    FearGreedRecord record = FearGreedRecord.parse(event.bytes(), event.length());
                    if (record.status() == 200) {
                        add(decoder, record, event.receiveNs());
                    }
                }
            }
        }
    }

    private void add(FearGreedDecoder decoder, FearGreedRecord record, long receiveNs) {
        try {
            decoder.decode(record.body(), receiveNs).readings().forEach(mood::add);
        } catch (IOException unreadable) {
            err.println("a journaled reply is passed over: " + unreadable.getMessage());
        }
    }

    /** Takes records that nobody keeps. */
    private static final class Nowhere implements EventSink {

        @Override
        public MarketEvent tryClaim(int length) {
            return new MarketEvent(length);
        }

        @Override
        public void publish(MarketEvent event) {
            // Not recorded.
        }
    }
}
