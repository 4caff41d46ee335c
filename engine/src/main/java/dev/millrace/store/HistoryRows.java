package dev.millrace.store;

import dev.millrace.codec.hyperliquid.HistoryDecoder;
import dev.millrace.codec.hyperliquid.InfoRequest;
import dev.millrace.market.CandleInterval;
import dev.millrace.market.FundingPayment;
import dev.millrace.market.VenueCandle;
import dev.millrace.metrics.Counter;
import dev.millrace.metrics.Counters;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;

/**
 * Pages of the venue's history as rows: candles beside our own bars, funding, and which stretch of time a page made whole.
 * A candle is taken as closed only if it ends within what was asked for and before it was received, and as a repair where a gap
 * of ours lies in its time. Thread {@code md-store}.
 */
final class HistoryRows {

    /** In {@code collected}, for payments; candles have their interval there. */
    private static final String FUNDING = "funding";

    private static final long NS_PER_MS = 1_000_000;

    private final Counter refused;

    HistoryRows(Counters counters) {
        refused = counters.counter("store.refused-pages", "Journaled pages of history that could not be read");
    }

    void add(String text, byte[] body, Predicate<VenueCandle> repairing, long receiveNs, long sequence, Batch batch) {
        try {
            InfoRequest request = InfoRequest.parse(text);
            if (request.type().equals("candleSnapshot")) {
                candles(request, body, repairing, receiveNs, sequence, batch);
            } else {
                funding(request, body, receiveNs, sequence, batch);
            }
        } catch (IOException unreadable) {
            refused.increment(); // it stays in the journal; whoever asked was told, and asked again
        }
    }

    private static void candles(
            InfoRequest request,
            byte[] body,
            Predicate<VenueCandle> repairing,
            long receiveNs,
            long sequence,
            Batch batch)
            throws IOException {
        String coin = HistoryDecoder.coin(request);
        CandleInterval interval = HistoryDecoder.interval(request);
        long endMs = Math.min(HistoryDecoder.endMs(request), receiveNs / NS_PER_MS - 1);
        List<VenueCandle> closed = HistoryDecoder.candles(request, body).stream()
                .filter(candle -> candle.endMs() - 1 <= endMs)
                .toList();
        for (VenueCandle candle : closed) {
            candle(coin, interval, candle, repairing.test(candle), receiveNs, sequence, batch.of(Table.OHLCV_BARS));
        }
        if (!closed.isEmpty()) {
            long reachedMs = closed.get(closed.size() - 1).endMs();
            collected(request, interval.label(), reachedMs, closed.size(), receiveNs, sequence, batch);
        }
    }

    private static void candle(
            String coin,
            CandleInterval interval,
            VenueCandle candle,
            boolean repaired,
            long receiveNs,
            long sequence,
            RowBuffer rows) {
        rows.text(coin)
                .text(interval.label())
                .text("trade")
                .text(BarRows.EXCHANGE)
                .time(candle.startMs())
                .number(candle.open().doubleValue())
                .number(candle.high().doubleValue())
                .number(candle.low().doubleValue())
                .number(candle.close().doubleValue())
                .number(candle.volume().doubleValue())
                .none() // the venue gives no quote volume,
                .none() // so there is no average price,
                .none() // nor whose the volume was
                .whole(candle.tradeCount())
                .none()
                .none()
                .none()
                .flag(true)
                .flag(repaired)
                .whole(0)
                .timeOfNs(receiveNs)
                .whole(sequence)
                .end();
    }

    private static void funding(InfoRequest request, byte[] body, long receiveNs, long sequence, Batch batch)
            throws IOException {
        List<FundingPayment> payments = HistoryDecoder.funding(request, body);
        for (FundingPayment payment : payments) {
            RowBuffer rows = batch.of(Table.FUNDING)
                    .text(HistoryDecoder.coin(request))
                    .time(payment.timeMs())
                    .number(payment.rate().doubleValue());
            if (payment.premium().isPresent()) {
                rows.number(payment.premium().get().doubleValue());
            } else {
                rows.none();
            }
            rows.whole(receiveNs).whole(sequence).end();
        }
        if (!payments.isEmpty()) {
            long reachedMs = payments.get(payments.size() - 1).timeMs() + 1;
            collected(request, FUNDING, reachedMs, payments.size(), receiveNs, sequence, batch);
        }
    }

    /** Nothing behind the last row counts as asked for: an empty or short answer may be the venue's fault. */
    private static void collected(
            InfoRequest request, String kind, long reachedMs, int rows, long receiveNs, long sequence, Batch batch)
            throws IOException {
        batch.of(Table.COLLECTED)
                .text(HistoryDecoder.coin(request))
                .text(kind)
                .time(HistoryDecoder.startMs(request))
                .time(reachedMs)
                .whole(rows)
                .whole(receiveNs)
                .whole(sequence)
                .end();
    }
}
