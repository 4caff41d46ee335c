package dev.millrace.simulator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The bodies of {@code POST /info}, from the market's present state. */
final class InfoReplies {

    private static final String MARGIN_TABLES =
            "[[50,{\"description\":\"\",\"marginTiers\":[{\"lowerBound\":\"0.0\",\"maxLeverage\":50}]}],"
                    + "[52,{\"description\":\"tiered 10x (2)\",\"marginTiers\":[{\"lowerBound\":\"0.0\",\"maxLeverage\":10},"
                    + "{\"lowerBound\":\"20000000.0\",\"maxLeverage\":5}]}]]";

    private final SimulatedMarket market;
    private final FrameWriter writer = new FrameWriter();

    InfoReplies(SimulatedMarket market) {
        this.market = market;
    }

    /**
     * A reply.
     *
     * @param status HTTP status
     * @param body JSON or plain text
     */
    record Reply(int status, String body) {}

    /** The venue's answer to a request that was a JSON object. */
    Reply reply(Map<?, ?> request) {
        Object dex = request.get("dex");
        Object coin = request.get("coin");
        if (!(request.get("type") instanceof String type) || (dex != null && !(dex instanceof String))) {
            return undeserializable();
        }
        String dexName = dex == null ? "" : (String) dex;
        return switch (type) {
            case "meta", "metaAndAssetCtxs", "allMids" ->
                market.knowsDex(dexName) ? new Reply(200, ofDex(type, dexName)) : new Reply(500, "null");
            case "spotMeta" -> new Reply(200, spotMeta());
            case "perpDexs" -> new Reply(200, perpDexs());
            case "l2Book", "recentTrades" ->
                coin instanceof String name ? ofCoin(request, type, name) : undeserializable();
            default -> undeserializable();
        };
    }

    static Reply undeserializable() {
        return new Reply(422, "Failed to deserialize the JSON body into the target type");
    }

    private String ofDex(String type, String dex) {
        if (type.equals("allMids")) {
            return text(writer.midsBody(market.mids(dex)));
        }
        return type.equals("meta") ? meta(dex) : '[' + meta(dex) + ',' + contexts(dex) + ']';
    }

    private Reply ofCoin(Map<?, ?> request, String type, String name) {
        Optional<CoinMarket> coin = market.coin(name);
        if (type.equals("l2Book")) {
            Optional<Topic> topic = ClientRequest.Reader.book(request, name);
            if (topic.isEmpty()) {
                return undeserializable();
            }
            return topic.get().allowed()
                    ? new Reply(
                            200,
                            coin.map(c -> text(writer.bookBody(c, topic.get(), market.timeMs())))
                                    .orElse("null"))
                    : new Reply(500, "null");
        }
        return coin.map(c -> new Reply(200, recentTrades(c))).orElse(new Reply(500, "null"));
    }

    private String recentTrades(CoinMarket coin) {
        List<SimulatedTrade> newestFirst = new ArrayList<>(coin.recent());
        Collections.reverse(newestFirst);
        return text(writer.tradesBody(coin.coin().name(), newestFirst));
    }

    private Stream<CoinMarket> perps(String dex) {
        return Stream.of(market.coins())
                .filter(coin -> !coin.coin().spot() && coin.coin().dex().equals(dex));
    }

    private String meta(String dex) {
        String universe = perps(dex)
                .map(coin -> "{\"szDecimals\":" + coin.coin().sizeDecimals() + ",\"name\":\""
                        + coin.coin().name() + "\",\"maxLeverage\":10,\"marginTableId\":52}")
                .collect(Collectors.joining(",", "[", "]"));
        return "{\"universe\":" + universe + ",\"marginTables\":" + MARGIN_TABLES + ",\"collateralToken\":0}";
    }

    private String contexts(String dex) {
        return perps(dex).map(coin -> text(writer.contextBody(coin))).collect(Collectors.joining(",", "[", "]"));
    }

    private String perpDexs() {
        String others = market.model().coins().stream()
                .map(SimulatedCoin::dex)
                .filter(dex -> !dex.isEmpty())
                .distinct()
                .map(InfoReplies::perpDex)
                .collect(Collectors.joining());
        return "[null" + others + ']';
    }

    private static String perpDex(String name) {
        String account = text(new JsonText().hex(SeededRandom.hash(name), 20).toBytes());
        return ",{\"name\":\"" + name + "\",\"fullName\":\"" + name + "\",\"deployer\":" + account
                + ",\"oracleUpdater\":null,\"feeRecipient\":" + account + ",\"assetToStreamingOiCap\":[],"
                + "\"subDeployers\":[],\"deployerFeeScale\":\"1.0\","
                + "\"lastDeployerFeeScaleChangeTime\":\"1970-01-01T00:00:00\",\"assetToFundingMultiplier\":[]}";
    }

    /** Pairs are numbered by their names where these say a number; PURR/USDC is 0. */
    private String spotMeta() {
        StringBuilder universe = new StringBuilder();
        StringBuilder tokens = new StringBuilder(token("USDC", 8, 0));
        int token = 0;
        for (CoinMarket market : this.market.coins()) {
            SimulatedCoin coin = market.coin();
            if (coin.spot()) {
                token++;
                String name = coin.name();
                String base = name.startsWith("@") ? "T" + name.substring(1) : name.substring(0, name.indexOf('/'));
                tokens.append(',').append(token(base, coin.sizeDecimals(), token));
                universe.append(token > 1 ? "," : "").append("{\"tokens\":[").append(token);
                universe.append(",0],\"name\":\"")
                        .append(name)
                        .append("\",\"index\":")
                        .append(index(name, token));
                universe.append(",\"isCanonical\":")
                        .append(!name.startsWith("@"))
                        .append('}');
            }
        }
        return "{\"universe\":[" + universe + "],\"tokens\":[" + tokens + "]}";
    }

    private static int index(String name, int position) {
        return name.matches("@[0-9]{1,8}") ? Integer.parseInt(name.substring(1)) : position - 1;
    }

    private static String token(String name, int sizeDecimals, int index) {
        String id = text(new JsonText().hex(SeededRandom.hash(name), 16).toBytes());
        return "{\"name\":\"" + name + "\",\"szDecimals\":" + sizeDecimals + ",\"weiDecimals\":8,\"index\":" + index
                + ",\"tokenId\":" + id + ",\"isCanonical\":" + (index < 2)
                + ",\"evmContract\":null,\"fullName\":null,\"deployerTradingFeeShare\":\"0.0\"}";
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
