package dev.millrace.codec.hyperliquid;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the venue says of now: mids, books, recent trades, predicted funding, itself. A reply that breaks a range is an
 * {@link IOException} that says where. Cold; any thread.
 */
public final class StateDecoder {

    private static final int LEVELS = 20;

    private StateDecoder() {}

    /** Mid by coin, of an {@code allMids} reply; that of an empty book is its last trade's price. */
    public static Map<String, BigDecimal> allMids(byte[] body) throws IOException {
        MetadataReply reply = ReplyJson.reply("allMids", body);
        if (!(reply.value() instanceof Map<?, ?> read)) {
            throw reply.expected("an object of mids");
        }
        Map<String, BigDecimal> mids = new LinkedHashMap<>();
        for (Object coin : read.keySet()) {
            mids.put((String) coin, reply.member((String) coin).positive());
        }
        return mids;
    }

    /** The book of an {@code l2Book} reply: sorted best first, not crossed. */
    public static ReplyBook book(String coin, byte[] body) throws IOException {
        MetadataReply reply = ReplyJson.reply("l2Book", body);
        MetadataReply named = reply.member("coin");
        if (!named.name().equals(coin)) {
            throw named.expected("'" + coin + "', which was asked for");
        }
        List<MetadataReply> sides = reply.member("levels").elements();
        if (sides.size() != 2) {
            throw reply.member("levels").expected("bids and asks");
        }
        List<ReplyBook.Level> bids = levels(sides.get(0), -1);
        List<ReplyBook.Level> asks = levels(sides.get(1), 1);
        boolean crossed = !bids.isEmpty()
                && !asks.isEmpty()
                && bids.get(0).price().compareTo(asks.get(0).price()) >= 0;
        if (crossed) {
            throw reply.member("levels").expected("a book that is not crossed");
        }
        return new ReplyBook(coin, reply.member("time").whole(), bids, asks);
    }

    /** @param order 1 where prices ascend */
    private static List<ReplyBook.Level> levels(MetadataReply side, int order) throws IOException {
        List<ReplyBook.Level> levels = new ArrayList<>();
        for (MetadataReply level : side.elements()) {
            BigDecimal price = level.member("px").positive();
            boolean sorted = levels.isEmpty()
                    || price.compareTo(levels.get(levels.size() - 1).price()) * order > 0;
            if (!sorted || levels.size() == LEVELS) {
                throw level.expected("worse than the level before, and among the first " + LEVELS);
            }
            levels.add(new ReplyBook.Level(
                    price, level.member("sz").positive(), level.member("n").whole()));
        }
        return levels;
    }

    /** Trades of a {@code recentTrades} reply, in the venue's order: the newest first. */
    public static List<ReplyTrade> recentTrades(String coin, byte[] body) throws IOException {
        List<ReplyTrade> trades = new ArrayList<>();
        for (MetadataReply trade : ReplyJson.reply("recentTrades", body).elements()) {
            if (!trade.member("coin").name().equals(coin)) {
                throw trade.member("coin").expected("'" + coin + "', which was asked for");
            }
            trades.add(new ReplyTrade(
                    coin,
                    trade.member("side").isBuy(),
                    trade.member("px").positive(),
                    trade.member("sz").positive(),
                    trade.member("time").whole(),
                    trade.member("tid").whole()));
        }
        return trades;
    }

    /** Of an {@code exchangeStatus} reply. */
    public static ExchangeStatus exchangeStatus(byte[] body) throws IOException {
        MetadataReply reply = ReplyJson.reply("exchangeStatus", body);
        long timeMs = reply.member("time").whole();
        if (timeMs <= 0) {
            throw reply.member("time").expected("ms since 1970");
        }
        return new ExchangeStatus(timeMs, reply.optional("specialStatuses").map(MetadataReply::value));
    }

    /** Of a {@code predictedFundings} reply: {@code [[coin,[[venue,{…}|null],…]],…]}. */
    public static List<PredictedFunding> predictedFundings(byte[] body) throws IOException {
        List<PredictedFunding> all = new ArrayList<>();
        for (MetadataReply coin : ReplyJson.reply("predictedFundings", body).elements()) {
            String name = coin.element(0).name();
            for (MetadataReply venue : coin.element(1).elements()) {
                MetadataReply predicted = venue.element(1);
                if (!predicted.isNull()) {
                    all.add(new PredictedFunding(
                            name,
                            venue.element(0).name(),
                            predicted.member("fundingRate").decimal(),
                            predicted.member("nextFundingTime").whole()));
                }
            }
        }
        return all;
    }
}
