package dev.millrace.store;

import dev.millrace.codec.hyperliquid.HistoryDecoder;
import dev.millrace.codec.hyperliquid.HistoryPage;
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
 * Pages of the venue's history as rows: candles beside our own bars, funding, and which stretches of time a page made whole: what
 * lies in front of the rows that were refused, and what lies behind them.
 * A candle is taken as closed only if it ends within what was asked for and before it was received, and as a repair where a gap
 * of ours lies in its time. Thread {@code md-store}.
 */
final class HistoryRows {

    /** In {@code collected}, for payments; candles have their interval there. */
    private static final String FUNDING = "funding";

    private static final long NS_PER_MS = 1_000_000;

    private final Counter refused;
    private final Counter refusedRows;

    HistoryRows(Counters counters) {
        refusedRows =
                counters.counter("store.refused-rows", "Rows of history that break a rule; the page's others are kept");
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

    private void candles(
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
        HistoryPage<VenueCandle> page = HistoryDecoder.candles(request, body);
        refusedRows.add(page.refused().size());
        for (VenueCandle candle : closed(page.rows(), endMs)) {
            candle(coin, interval, candle, repairing.test(candle), receiveNs, sequence, batch.of(Table.OHLCV_BARS));
        }
        Collected collected = new Collected(coin, interval.label(), receiveNs, sequence, batch.of(Table.COLLECTED));
        List<VenueCandle> front = closed(page.front(), endMs);
        if (!front.isEmpty()) {
            collected.add(HistoryDecoder.startMs(request), last(front).endMs(), front.size());
        }
        List<VenueCandle> back = closed(page.back(), endMs);
        if (!back.isEmpty()) {
            collected.add(back.get(0).startMs(), last(back).endMs(), back.size());
        }
    }

    private static List<VenueCandle> closed(List<VenueCandle> candles, long endMs) {
        return candles.stream().filter(candle -> candle.endMs() - 1 <= endMs).toList();
    }

    private static <T> T last(List<T> rows) {
        return rows.get(rows.size() - 1);
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

    private void funding(InfoRequest request, byte[] body, long receiveNs, long sequence, Batch batch)
            throws IOException {
        HistoryPage<FundingPayment> page = HistoryDecoder.funding(request, body);
        String coin = HistoryDecoder.coin(request);
        refusedRows.add(page.refused().size());
        for (FundingPayment payment : page.rows()) {
            RowBuffer rows = batch.of(Table.FUNDING)
                    .text(coin)
                    .time(payment.timeMs())
                    .number(payment.rate().doubleValue());
            if (payment.premium().isPresent()) {
                rows.number(payment.premium().get().doubleValue());
            } else {
                rows.none();
            }
            rows.whole(receiveNs).whole(sequence).end();
        }
        Collected collected = new Collected(coin, FUNDING, receiveNs, sequence, batch.of(Table.COLLECTED));
        if (!page.front().isEmpty()) {
            collected.add(
                    HistoryDecoder.startMs(request),
                    last(page.front()).timeMs() + 1,
                    page.front().size());
        }
        if (!page.back().isEmpty()) {
            collected.add(
                    page.back().get(0).timeMs(),
                    last(page.back()).timeMs() + 1,
                    page.back().size());
        }
    }

    /** Nothing behind the last row counts as asked for: an empty or short answer may be the venue's fault. */
    private record Collected(String coin, String kind, long receiveNs, long sequence, RowBuffer buffer) {

        void add(long fromMs, long toMs, int rows) {
            buffer.text(coin)
                    .text(kind)
                    .time(fromMs)
                    .time(toMs)
                    .whole(rows)
                    .whole(receiveNs)
                    .whole(sequence)
                    .end();
        }
    }
}
