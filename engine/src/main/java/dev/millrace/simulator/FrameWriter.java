package dev.millrace.simulator;

import dev.millrace.market.Channel;
import java.math.BigDecimal;
import java.util.List;
import java.util.SortedMap;

/**
 * Writes one coin's state as the venue's frames: same keys, key order, types and number forms as recorded. Bodies of
 * {@code /info} replies are the same objects without the channel around them.
 */
final class FrameWriter {

    private static final int SLOW_LEVELS = 20;
    private static final int FAST_LEVELS = 5;

    private final JsonText json = new JsonText();

    byte[] trades(String coin, List<SimulatedTrade> trades) {
        begin(Channel.TRADES);
        tradeList(coin, trades);
        return end();
    }

    byte[] tradesBody(String coin, List<SimulatedTrade> trades) {
        json.clear();
        tradeList(coin, trades);
        return json.toBytes();
    }

    byte[] book(CoinMarket market, Topic topic, long timeMs) {
        begin(Channel.L2_BOOK);
        book(market, topic, timeMs, topic.subscription().fast() ? FAST_LEVELS : SLOW_LEVELS);
        return end();
    }

    byte[] bookBody(CoinMarket market, Topic topic, long timeMs) {
        json.clear();
        book(market, topic, timeMs, SLOW_LEVELS);
        return json.toBytes();
    }

    byte[] bbo(CoinMarket market, long timeMs) {
        begin(Channel.BBO).raw("{\"coin\":\"").raw(market.coin().name()).raw("\",\"time\":");
        json.number(timeMs).raw(",\"bbo\":[");
        level(market.bids().price(), market.bids().size(), market.bids().orders());
        json.raw(',');
        level(market.asks().price(), market.asks().size(), market.asks().orders());
        json.raw("]}");
        return end();
    }

    byte[] candle(CoinMarket market, String interval) {
        begin(Channel.CANDLE);
        candle(market.coin(), interval, market.candles().open(interval));
        return end();
    }

    byte[] candlesBody(SimulatedCoin coin, String interval, List<Candle> candles) {
        json.clear().raw('[');
        for (int i = 0; i < candles.size(); i++) {
            json.raw(i == 0 ? "" : ",");
            candle(coin, interval, candles.get(i));
        }
        return json.raw(']').toBytes();
    }

    private void candle(SimulatedCoin coin, String interval, Candle candle) {
        json.raw("{\"t\":").number(candle.startMs()).raw(",\"T\":").number(candle.endMs() - 1);
        json.raw(",\"s\":\"").raw(coin.name()).raw("\",\"i\":\"").raw(interval);
        json.raw("\",\"o\":").decimal(candle.open()).raw(",\"c\":").decimal(candle.close());
        json.raw(",\"h\":").decimal(candle.high()).raw(",\"l\":").decimal(candle.low());
        BigDecimal step = BigDecimal.valueOf(coin.sizeStep(), 8);
        json.raw(",\"v\":").decimal(step.multiply(BigDecimal.valueOf(candle.volumeSteps())));
        json.raw(",\"n\":").number(candle.trades()).raw('}');
    }

    byte[] fundingBody(SimulatedCoin coin, List<FundingPast.Payment> payments) {
        json.clear().raw('[');
        for (int i = 0; i < payments.size(); i++) {
            FundingPast.Payment payment = payments.get(i);
            json.raw(i == 0 ? "" : ",").raw("{\"coin\":\"").raw(coin.name());
            json.raw("\",\"fundingRate\":").decimal(payment.rate());
            json.raw(",\"premium\":").decimal(payment.premium());
            json.raw(",\"time\":").number(payment.timeMs()).raw('}');
        }
        return json.raw(']').toBytes();
    }

    byte[] mids(SortedMap<String, BigDecimal> mids, String dex) {
        begin(Channel.ALL_MIDS).raw("{\"mids\":");
        midMap(mids);
        if (!dex.isEmpty()) {
            json.raw(",\"dex\":\"").raw(dex).raw('"');
        }
        json.raw('}');
        return end();
    }

    byte[] midsBody(SortedMap<String, BigDecimal> mids) {
        json.clear();
        midMap(mids);
        return json.toBytes();
    }

    byte[] context(CoinMarket market) {
        boolean spot = market.coin().spot();
        begin(spot ? Channel.SPOT_ASSET_CONTEXT : Channel.ASSET_CONTEXT);
        json.raw("{\"coin\":\"").raw(market.coin().name()).raw("\",\"ctx\":");
        if (spot) {
            spotContext(market);
        } else {
            perpContext(market);
        }
        json.raw('}');
        return end();
    }

    byte[] contextBody(CoinMarket market) {
        json.clear();
        if (market.coin().spot()) {
            spotContext(market);
        } else {
            perpContext(market);
        }
        return json.toBytes();
    }

    private JsonText begin(Channel channel) {
        return json.clear().raw("{\"channel\":\"").raw(channel.wireName()).raw("\",\"data\":");
    }

    private byte[] end() {
        return json.raw('}').toBytes();
    }

    private void tradeList(String coin, List<SimulatedTrade> trades) {
        char separator = '[';
        for (SimulatedTrade trade : trades) {
            json.raw(separator).raw("{\"coin\":\"").raw(coin);
            json.raw(trade.buy() ? "\",\"side\":\"B\",\"px\":" : "\",\"side\":\"A\",\"px\":");
            json.decimal(trade.price()).raw(",\"sz\":").decimal(trade.size());
            json.raw(",\"time\":").number(trade.timeMs()).raw(",\"hash\":").hex(trade.action(), 32);
            json.raw(",\"tid\":").number(trade.tid());
            json.raw(",\"users\":[")
                    .hex(trade.buyer(), 20)
                    .raw(',')
                    .hex(trade.seller(), 20)
                    .raw("]}");
            separator = ',';
        }
        json.raw(']');
    }

    private void book(CoinMarket market, Topic topic, long timeMs, int depth) {
        json.raw("{\"coin\":\"").raw(market.coin().name()).raw("\",\"time\":").number(timeMs);
        json.raw(",\"levels\":[");
        if (market.delisted()) {
            json.raw("[],[]]");
        } else if (topic.aggregated()) {
            AggregatedBook book = new AggregatedBook(market, topic, timeMs);
            side(book.bids(), depth);
            json.raw(',');
            side(book.asks(), depth);
            json.raw("],\"spread\":").decimal(book.spread());
        } else {
            side(market.bids(), timeMs, depth);
            json.raw(',');
            side(market.asks(), timeMs, depth);
            json.raw(']');
        }
        if (topic.subscription().fast()) {
            json.raw(",\"fast\":true");
        }
        json.raw('}');
    }

    private void side(BookSide side, long timeMs, int depth) {
        long price = side.price();
        for (int i = 0; i < depth; i++) {
            json.raw(i == 0 ? '[' : ',');
            level(price, side.sizeAt(price, timeMs), side.ordersAt(price, timeMs));
            price = side.behind(price);
        }
        json.raw(']');
    }

    private void side(List<AggregatedBook.Level> levels, int depth) {
        json.raw('[');
        for (int i = 0; i < Math.min(depth, levels.size()); i++) {
            AggregatedBook.Level level = levels.get(i);
            json.raw(i == 0 ? "" : ",");
            level(level.price(), level.size(), level.orders());
        }
        json.raw(']');
    }

    private void level(long price, long size, int orders) {
        json.raw("{\"px\":")
                .decimal(price)
                .raw(",\"sz\":")
                .decimal(size)
                .raw(",\"n\":")
                .number(orders)
                .raw('}');
    }

    private void midMap(SortedMap<String, BigDecimal> mids) {
        json.raw('{');
        String separator = "\"";
        for (var mid : mids.entrySet()) {
            json.raw(separator).raw(mid.getKey()).raw("\":").decimal(mid.getValue());
            separator = ",\"";
        }
        json.raw('}');
    }

    private void perpContext(CoinMarket market) {
        long bid = market.bids().price();
        long ask = market.asks().price();
        json.raw("{\"funding\":\"0.0000125\",\"openInterest\":")
                .decimal(market.day().openInterest());
        json.raw(",\"prevDayPx\":").decimal(market.coin().startPrice());
        json.raw(",\"dayNtlVlm\":").decimal(market.day().notional());
        if (market.delisted()) {
            json.raw(",\"premium\":null");
        } else {
            json.raw(",\"premium\":").decimal(new BigDecimal("-0.0004136925"));
        }
        json.raw(",\"oraclePx\":").decimal(ask + 2 * market.coin().tick(ask));
        json.raw(",\"markPx\":").decimal(bid);
        mid(market);
        if (market.delisted()) {
            json.raw(",\"impactPxs\":null");
        } else {
            json.raw(",\"impactPxs\":[").decimal(bid).raw(',').decimal(ask).raw(']');
        }
        json.raw(",\"dayBaseVlm\":").decimal(market.day().base()).raw('}');
    }

    private void spotContext(CoinMarket market) {
        json.raw("{\"prevDayPx\":").decimal(market.coin().startPrice());
        json.raw(",\"dayNtlVlm\":").decimal(market.day().notional());
        json.raw(",\"markPx\":").decimal(market.bids().price());
        mid(market);
        json.raw(",\"circulatingSupply\":\"596400647.8014800549\",\"coin\":\"")
                .raw(market.coin().name());
        json.raw("\",\"totalSupply\":\"596400654.3242599964\",\"dayBaseVlm\":")
                .decimal(market.day().base());
        json.raw('}');
    }

    /** Null once the coin is delisted, as of every empty book. */
    private void mid(CoinMarket market) {
        if (market.delisted()) {
            json.raw(",\"midPx\":null");
        } else {
            json.raw(",\"midPx\":")
                    .decimal(BigDecimal.valueOf(market.doubleMid(), 8).divide(BigDecimal.valueOf(2)));
        }
    }
}
