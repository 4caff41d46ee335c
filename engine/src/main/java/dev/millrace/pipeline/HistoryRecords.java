package dev.millrace.pipeline;

import dev.millrace.codec.hyperliquid.HistoryDecoder;
import dev.millrace.codec.hyperliquid.HistoryPage;
import dev.millrace.codec.hyperliquid.InfoRequest;
import dev.millrace.market.CandleAnswer;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.TickSink;
import dev.millrace.market.VenueCandle;
import dev.millrace.metrics.Counter;
import dev.millrace.metrics.Counters;
import java.io.IOException;
import java.util.function.Supplier;

/**
 * Passes pages of history on undecoded. Only candles of a stretch in which a gap lies are read here: they may fill it.
 * Market thread.
 */
final class HistoryRecords {

    private final Supplier<Stages> stages;
    private final TickSink ticks;
    private final Counter refused;

    HistoryRecords(Supplier<Stages> stages, TickSink ticks, Counters counters) {
        this.stages = stages;
        this.ticks = ticks;
        refused = counters.counter("rest.refused-candles", "Journaled candles of gaps that could not be read");
    }

    /** Takes a page whose status was 200. */
    void onHistory(String text, Supplier<byte[]> body, MarketEvent event) {
        Stages now = stages.get();
        try {
            InfoRequest request = InfoRequest.parse(text);
            String coin = HistoryDecoder.coin(request);
            if (ticks.takesHistory()) {
                ticks.onHistory(
                        text,
                        body.get(),
                        candle -> now.repairs.touches(coin, candle.startMs(), candle.endMs()),
                        event.receiveNs(),
                        event.sequence());
            }
            if (request.type().equals("candleSnapshot")) {
                repair(request, coin, body, event, now);
            }
        } catch (IOException unreadable) {
            refused.increment(); // it stays in the journal; whoever asked was told, and asks again
        }
    }

    private static void repair(InfoRequest request, String coin, Supplier<byte[]> body, MarketEvent event, Stages now)
            throws IOException {
        long fromMs = HistoryDecoder.startMs(request);
        long lastMs = HistoryDecoder.endMs(request);
        long toMs = lastMs == Long.MAX_VALUE ? lastMs : lastMs + 1;
        if (now.repairs.touches(coin, fromMs, toMs)) {
            HistoryPage<VenueCandle> page = HistoryDecoder.candles(request, body.get());
            CandleAnswer answer = new CandleAnswer(
                    coin,
                    HistoryDecoder.interval(request),
                    fromMs,
                    toMs,
                    page.rows(),
                    page.isWhole(),
                    now.clock.nowMs());
            now.repairs.onCandles(answer, event.receiveNs());
        }
    }
}
