package dev.millrace.simulator;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the venue says about its coins, from the market's present state. */
final class Metadata {

    private static final String MARGIN_TABLES =
            "[[50,{\"description\":\"\",\"marginTiers\":[{\"lowerBound\":\"0.0\",\"maxLeverage\":50}]}],"
                    + "[52,{\"description\":\"tiered 10x (2)\",\"marginTiers\":[{\"lowerBound\":\"0.0\",\"maxLeverage\":10},"
                    + "{\"lowerBound\":\"20000000.0\",\"maxLeverage\":5}]}]]";

    private final SimulatedMarket market;
    private final FrameWriter writer = new FrameWriter();

    Metadata(SimulatedMarket market) {
        this.market = market;
    }

    private Stream<CoinMarket> perps(String dex) {
        return Stream.of(market.coins())
                .filter(coin -> !coin.coin().spot() && coin.coin().dex().equals(dex));
    }

    String meta(String dex) {
        String universe = perps(dex).map(Metadata::instrument).collect(Collectors.joining(",", "[", "]"));
        return "{\"universe\":" + universe + ",\"marginTables\":" + MARGIN_TABLES + ",\"collateralToken\":0}";
    }

    /** Coins of the builders' exchanges are isolated-only, as every recorded one of them is. */
    private static String instrument(CoinMarket coin) {
        return "{\"szDecimals\":" + coin.coin().sizeDecimals() + ",\"name\":\""
                + coin.coin().name()
                + "\",\"maxLeverage\":10,\"marginTableId\":52"
                + (coin.delisted() ? ",\"isDelisted\":true" : "")
                + (coin.coin().dex().isEmpty() ? "" : ",\"onlyIsolated\":true,\"marginMode\":\"strictIsolated\"")
                + '}';
    }

    String contexts(String dex) {
        return contexts(perps(dex));
    }

    String spotContexts() {
        return contexts(Stream.of(market.coins()).filter(coin -> coin.coin().spot()));
    }

    private String contexts(Stream<CoinMarket> coins) {
        return coins.map(coin -> text(writer.contextBody(coin))).collect(Collectors.joining(",", "[", "]"));
    }

    String perpDexs() {
        String others = Stream.of(market.coins())
                .map(coin -> coin.coin().dex())
                .filter(dex -> !dex.isEmpty())
                .distinct()
                .map(Metadata::perpDex)
                .collect(Collectors.joining());
        return "[null" + others + ']';
    }

    private static String perpDex(String name) {
        String account = text(new JsonText().hex(SeededRandom.hash(name), 20).toBytes());
        return ",{\"name\":\"" + name + "\",\"fullName\":\"" + name + "\",\"deployer\":" + account
                + ",\"oracleUpdater\":null,\"feeRecipient\":" + account + ",\"assetToStreamingOiCap\":[],"
                + "\"subDeployers\":[],\"deployerFeeScale\":\"1.0\","
                + "\"lastDeployerFeeScaleChangeTime\":\"1970-01-01T00:00:00\",\"assetToFundingMultiplier\":[],"
                + "\"assetToFundingInterestRate\":[]}";
    }

    /** Pairs are numbered by their names where these say a number; PURR/USDC is 0. */
    String spotMeta() {
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
