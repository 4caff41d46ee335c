package dev.millrace.rest;

import dev.millrace.codec.hyperliquid.ExchangeStatus;
import dev.millrace.codec.hyperliquid.HistoryDecoder;
import dev.millrace.codec.hyperliquid.HistoryPage;
import dev.millrace.codec.hyperliquid.InfoRequest;
import dev.millrace.codec.hyperliquid.ListedPair;
import dev.millrace.codec.hyperliquid.ListedPerp;
import dev.millrace.codec.hyperliquid.ListingDecoder;
import dev.millrace.codec.hyperliquid.MetadataDecoder;
import dev.millrace.codec.hyperliquid.PerpContext;
import dev.millrace.codec.hyperliquid.PredictedFunding;
import dev.millrace.codec.hyperliquid.ReplyBook;
import dev.millrace.codec.hyperliquid.ReplyTrade;
import dev.millrace.codec.hyperliquid.SpotContext;
import dev.millrace.codec.hyperliquid.StateDecoder;
import dev.millrace.market.CandleInterval;
import dev.millrace.market.FundingPayment;
import dev.millrace.market.Instrument;
import dev.millrace.market.VenueCandle;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * The venue's questions and their typed answers, at one priority. Every answer was checked: what is missing, of another
 * type or out of range is an {@link InfoException} that says where. Times are ms since 1970; a dex is the name of a
 * builder-deployed exchange, empty for the venue's own.
 */
public final class VenueInfo {

    private final InfoClient client;
    private final Priority priority;

    public VenueInfo(InfoClient client, Priority priority) {
        this.client = client;
        this.priority = priority;
    }

    public List<ListedPerp> meta(String dex) throws InfoException, InterruptedException {
        return ask(InfoRequest.ofDex("meta", dex), ListingDecoder::meta);
    }

    public List<PerpContext> metaAndAssetContexts(String dex) throws InfoException, InterruptedException {
        return ask(InfoRequest.ofDex("metaAndAssetCtxs", dex), ListingDecoder::metaAndAssetContexts);
    }

    /** The perpetuals of a dex as the market knows instruments. */
    public List<Instrument> perps(String dex) throws InfoException, InterruptedException {
        return ask(
                InfoRequest.ofDex("metaAndAssetCtxs", dex),
                body -> new MetadataDecoder().metaAndAssetCtxs(body, body.length));
    }

    public List<ListedPair> spotMeta() throws InfoException, InterruptedException {
        return ask(InfoRequest.of("spotMeta"), ListingDecoder::spotMeta);
    }

    /** The spot pairs as the market knows instruments. */
    public List<Instrument> pairs() throws InfoException, InterruptedException {
        return ask(InfoRequest.of("spotMeta"), body -> new MetadataDecoder().spotMeta(body, body.length));
    }

    public List<SpotContext> spotMetaAndAssetContexts() throws InfoException, InterruptedException {
        return ask(InfoRequest.of("spotMetaAndAssetCtxs"), ListingDecoder::spotMetaAndAssetContexts);
    }

    /** Names of the exchanges; the venue's own is the empty one. */
    public List<String> perpDexs() throws InfoException, InterruptedException {
        return ask(InfoRequest.of("perpDexs"), body -> new MetadataDecoder().perpDexs(body, body.length));
    }

    public Map<String, BigDecimal> allMids(String dex) throws InfoException, InterruptedException {
        return ask(InfoRequest.ofDex("allMids", dex), StateDecoder::allMids);
    }

    /** An unknown coin is an {@link InfoException}, not an empty book. */
    public ReplyBook book(String coin) throws InfoException, InterruptedException {
        return ask(InfoRequest.ofCoin("l2Book", coin), body -> StateDecoder.book(coin, body));
    }

    /** The newest first. */
    public List<ReplyTrade> recentTrades(String coin) throws InfoException, InterruptedException {
        return ask(InfoRequest.ofCoin("recentTrades", coin), body -> StateDecoder.recentTrades(coin, body));
    }

    public ExchangeStatus exchangeStatus() throws InfoException, InterruptedException {
        return ask(InfoRequest.of("exchangeStatus"), StateDecoder::exchangeStatus);
    }

    /** Of the venue's own dex alone. */
    public List<PredictedFunding> predictedFundings() throws InfoException, InterruptedException {
        return ask(InfoRequest.of("predictedFundings"), StateDecoder::predictedFundings);
    }

    /** Candles, ascending, both ends inclusive; the last may still be open. */
    public HistoryPage<VenueCandle> candles(String coin, CandleInterval interval, long startMs, long endMs)
            throws InfoException, InterruptedException {
        InfoRequest request = InfoRequest.candles(coin, interval, startMs, endMs);
        return ask(request, body -> HistoryDecoder.candles(request, body));
    }

    /** The oldest 500 payments of a stretch of time, both ends inclusive; the next page begins behind the last. */
    public HistoryPage<FundingPayment> funding(String coin, long startMs, long endMs)
            throws InfoException, InterruptedException {
        InfoRequest request = InfoRequest.funding(coin, startMs, endMs);
        return ask(request, body -> HistoryDecoder.funding(request, body));
    }

    private <T> T ask(InfoRequest request, InfoClient.Decoder<T> decoder) throws InfoException, InterruptedException {
        return client.call(priority, request, decoder);
    }
}
