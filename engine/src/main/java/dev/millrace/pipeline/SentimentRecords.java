package dev.millrace.pipeline;

import dev.millrace.codec.alternativeme.FearGreedDecoder;
import dev.millrace.codec.alternativeme.FearGreedRecord;
import dev.millrace.codec.alternativeme.FearGreedReply;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.SentimentReading;
import dev.millrace.market.StatePart;
import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;
import dev.millrace.market.TickSink;
import dev.millrace.metrics.Counter;
import dev.millrace.metrics.Counters;
import dev.millrace.strategy.StrategyHost;
import java.io.IOException;
import java.util.Optional;

/**
 * Reads sentiment out of journaled replies and remembers the newest reading. A reply with the whole past is not even decoded
 * but for a sink that takes it: it tells strategies nothing. Market thread; a record an hour.
 */
final class SentimentRecords implements StatePart {

    private static final int OK = 200;

    private final FearGreedDecoder decoder = new FearGreedDecoder();
    private final StrategyHost strategies;
    private final TickSink ticks;
    private final Counter refused;
    /** Null before the first. */
    private SentimentReading newest;

    SentimentRecords(StrategyHost strategies, TickSink ticks, Counters counters) {
        this.strategies = strategies;
        this.ticks = ticks;
        refused =
                counters.counter("sentiment.refused", "Journaled sentiment replies, or entries of them, not readable");
    }

    /** Null before the first. */
    SentimentReading newest() {
        return newest;
    }

    void onSentiment(MarketEvent event) {
        try {
            FearGreedRecord record = FearGreedRecord.parse(event.bytes(), event.length());
            if (record.status() == OK && (!record.isHistory() || ticks.takesSentimentHistory())) {
                apply(decoder.decode(record.body(), event.receiveNs()), record.isHistory(), event.sequence());
            }
        } catch (IOException unreadable) {
            // The reply stays in the journal; who asked has told the reason.
            refused.increment();
        }
    }

    private void apply(FearGreedReply reply, boolean history, long sequence) {
        refused.add(reply.refused().size());
        reply.readings().forEach(reading -> ticks.onSentiment(reading, sequence));
        Optional<SentimentReading> told = reply.newest();
        if (!history && told.isPresent() && isNews(told.get())) {
            newest = told.get();
            strategies.onSentiment(newest);
        }
    }

    private boolean isNews(SentimentReading told) {
        return newest == null || (told.dayMs() >= newest.dayMs() && !told.isLike(newest));
    }

    @Override
    public String stateTag() {
        return "MOOD";
    }

    @Override
    public void writeTo(StateWriter out) {
        out.writeFlag(newest != null);
        if (newest != null) {
            out.writeLong(newest.dayMs());
            out.writeInt(newest.value());
            out.writeText(newest.classification());
            out.writeLong(newest.receiveNs());
        }
    }

    @Override
    public void readFrom(StateReader in) {
        if (in.readFlag()) {
            newest = new SentimentReading(in.readLong(), in.readInt(), in.readText(), in.readLong());
        }
    }
}
