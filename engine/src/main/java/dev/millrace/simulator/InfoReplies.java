package dev.millrace.simulator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The bodies of {@code POST /info}, from the market's present state. */
final class InfoReplies {

    /** The venue's status time lags behind its clock. */
    private static final long STATUS_LAG_MS = 200;

    private final SimulatedMarket market;
    private final Metadata metadata;
    private final HistoryReplies history;
    private final AccountReplies accounts;
    private final FrameWriter writer = new FrameWriter();

    InfoReplies(SimulatedMarket market) {
        this.market = market;
        this.metadata = new Metadata(market);
        this.history = new HistoryReplies(market);
        this.accounts = new AccountReplies(market);
    }

    /** The venue's answer to a request that was a JSON object. */
    Reply reply(Map<?, ?> request) {
        Object dex = request.get("dex");
        if (!(request.get("type") instanceof String type) || (dex != null && !(dex instanceof String))) {
            return Reply.undeserializable();
        }
        return switch (type) {
            case "meta", "metaAndAssetCtxs", "allMids" -> ofDex(type, dex == null ? "" : (String) dex);
            case "spotMeta" -> Reply.json(metadata.spotMeta());
            case "spotMetaAndAssetCtxs" -> Reply.json('[' + metadata.spotMeta() + ',' + metadata.spotContexts() + ']');
            case "perpDexs" -> Reply.json(metadata.perpDexs());
            case "exchangeStatus" ->
                Reply.json("{\"specialStatuses\":null,\"time\":" + (market.timeMs() - STATUS_LAG_MS) + '}');
            case "l2Book" -> book(request);
            case "recentTrades" -> recentTrades(request);
            case "candleSnapshot" -> history.candles(request);
            case "fundingHistory" -> history.funding(request);
            default -> accounts.reply(type, request);
        };
    }

    private Reply ofDex(String type, String dex) {
        if (!market.knowsDex(dex)) {
            return Reply.serverError();
        }
        return Reply.json(
                switch (type) {
                    case "allMids" -> text(writer.midsBody(market.mids(dex)));
                    case "meta" -> metadata.meta(dex);
                    default -> '[' + metadata.meta(dex) + ',' + metadata.contexts(dex) + ']';
                });
    }

    private Reply book(Map<?, ?> request) {
        Optional<Topic> topic = request.get("coin") instanceof String name
                ? ClientRequest.Reader.book(request, name)
                : Optional.empty();
        if (topic.isEmpty()) {
            return Reply.undeserializable();
        }
        if (!topic.get().allowed()) {
            return Reply.serverError();
        }
        return Reply.json(market.coin(topic.get().coin())
                .map(coin -> text(writer.bookBody(coin, topic.get(), market.timeMs())))
                .orElse("null"));
    }

    private Reply recentTrades(Map<?, ?> request) {
        if (!(request.get("coin") instanceof String name)) {
            return Reply.undeserializable();
        }
        return market.coin(name).map(this::recentTrades).orElseGet(Reply::serverError);
    }

    private Reply recentTrades(CoinMarket coin) {
        List<SimulatedTrade> newestFirst = new ArrayList<>(coin.recent());
        Collections.reverse(newestFirst);
        return Reply.list(text(writer.tradesBody(coin.coin().name(), newestFirst)), newestFirst.size());
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
