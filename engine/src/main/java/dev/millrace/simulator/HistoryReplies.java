package dev.millrace.simulator;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Replies to requests with a range of time: candles and funding. */
final class HistoryReplies {

    private static final int FUNDING_PAGE = 500;

    private final SimulatedMarket market;
    private final FrameWriter writer = new FrameWriter();

    HistoryReplies(SimulatedMarket market) {
        this.market = market;
    }

    /** {@code {"type":"candleSnapshot","req":{"coin","interval","startTime","endTime"}}}. */
    Reply candles(Map<?, ?> request) {
        if (!(request.get("req") instanceof Map<?, ?> asked)
                || !(asked.get("coin") instanceof String name)
                || !(asked.get("interval") instanceof String interval)
                || !Candles.INTERVALS.contains(interval)) {
            return Reply.undeserializable();
        }
        Optional<AskedRange> range = AskedRange.of(asked);
        if (range.isEmpty()) {
            return Reply.undeserializable();
        }
        return market.coin(name)
                .map(coin -> candles(coin, interval, range.get()))
                .orElseGet(Reply::serverError);
    }

    private Reply candles(CoinMarket coin, String interval, AskedRange range) {
        List<Candle> candles = coin.candles().between(interval, range.startMs(), range.endMs(), market.timeMs());
        return Reply.list(text(writer.candlesBody(coin.coin(), interval, candles)), candles.size());
    }

    /** {@code {"type":"fundingHistory","coin","startTime"[,"endTime"]}}; spot pairs have none. */
    Reply funding(Map<?, ?> request) {
        Optional<AskedRange> range = AskedRange.of(request);
        if (!(request.get("coin") instanceof String name) || range.isEmpty()) {
            return Reply.undeserializable();
        }
        return market.coin(name)
                .filter(coin -> !coin.coin().spot())
                .map(coin -> funding(coin, range.get()))
                .orElseGet(Reply::serverError);
    }

    private Reply funding(CoinMarket coin, AskedRange range) {
        long until = Math.min(range.endMs(), market.timeMs());
        List<FundingPast.Payment> payments = coin.funding().between(range.startMs(), until, FUNDING_PAGE);
        return Reply.list(text(writer.fundingBody(coin.coin(), payments)), payments.size());
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
