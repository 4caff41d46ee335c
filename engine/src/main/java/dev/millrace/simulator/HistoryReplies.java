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
        Optional<Range> range = range(asked);
        if (range.isEmpty()) {
            return Reply.undeserializable();
        }
        return market.coin(name)
                .map(coin -> candles(coin, interval, range.get()))
                .orElseGet(Reply::serverError);
    }

    private Reply candles(CoinMarket coin, String interval, Range range) {
        List<Candle> candles = coin.candles().between(interval, range.startMs(), range.endMs(), market.timeMs());
        return Reply.list(text(writer.candlesBody(coin.coin(), interval, candles)), candles.size());
    }

    /** {@code {"type":"fundingHistory","coin","startTime"[,"endTime"]}}; spot pairs have none. */
    Reply funding(Map<?, ?> request) {
        Optional<Range> range = range(request);
        if (!(request.get("coin") instanceof String name) || range.isEmpty()) {
            return Reply.undeserializable();
        }
        return market.coin(name)
                .filter(coin -> !coin.coin().spot())
                .map(coin -> funding(coin, range.get()))
                .orElseGet(Reply::serverError);
    }

    private Reply funding(CoinMarket coin, Range range) {
        long until = Math.min(range.endMs(), market.timeMs());
        List<FundingPast.Payment> payments = coin.funding().between(range.startMs(), until, FUNDING_PAGE);
        return Reply.list(text(writer.fundingBody(coin.coin(), payments)), payments.size());
    }

    /** A stretch of time, both ends included. */
    private record Range(long startMs, long endMs) {}

    /** Empty where a time is absent, negative or no integer; only the end may be left out. */
    private static Optional<Range> range(Map<?, ?> request) {
        Object end = request.get("endTime");
        if (!(request.get("startTime") instanceof Long start)
                || start < 0
                || !(end == null || (end instanceof Long time && time >= 0))) {
            return Optional.empty();
        }
        return Optional.of(new Range(start, end == null ? Long.MAX_VALUE : (Long) end));
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
