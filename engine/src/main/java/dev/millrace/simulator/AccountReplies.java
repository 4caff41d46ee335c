package dev.millrace.simulator;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Accounts, in the forms that the venue documents. Each address has one: a function of it and of time, with a position in the
 * first three perpetuals of each exchange, a fill every ten minutes and funding every hour. The address of zeros has an empty one. Pages by time
 * are the oldest part, ascending.
 */
final class AccountReplies {

    private static final Pattern ADDRESS = Pattern.compile("0x[0-9a-fA-F]{40}");
    private static final String NOBODY = "0x" + "0".repeat(40);
    private static final long FILL_MS = 600_000;
    private static final int FILLS_PAGE = 2_000;
    private static final int FILLS_KEPT = 10_000;
    private static final int FUNDING_PAGE = 500;
    private static final BigDecimal FEE = new BigDecimal("0.00045");

    private final SimulatedMarket market;
    private final JsonText json = new JsonText();

    AccountReplies(SimulatedMarket market) {
        this.market = market;
    }

    /** A position, which never changes but for a fill that the next one takes back. */
    private record Holding(CoinMarket coin, BigDecimal size) {

        String name() {
            return coin.coin().name();
        }

        BigDecimal price() {
            return BigDecimal.valueOf(coin.coin().startPrice(), 8);
        }

        BigDecimal notional() {
            return size.abs().multiply(price());
        }

        BigDecimal step() {
            return BigDecimal.valueOf(coin.coin().sizeStep(), 8);
        }
    }

    /** What the venue answers to a request of a type that no other reply knows. */
    Reply reply(String type, Map<?, ?> request) {
        if (!(request.get("user") instanceof String user)
                || !ADDRESS.matcher(user).matches()) {
            return Reply.undeserializable();
        }
        String dex = request.get("dex") instanceof String named && isOfOneExchange(type) ? named : "";
        if (!market.knowsDex(dex)) {
            return Reply.serverError();
        }
        List<Holding> holdings = holdings(user, dex);
        json.clear();
        return switch (type) {
            case "clearinghouseState" -> perps(holdings);
            case "spotClearinghouseState" -> balances(holdings);
            case "openOrders" -> orders(holdings);
            case "userFees" -> fees();
            case "userFillsByTime" ->
                AskedRange.of(request).map(range -> fills(holdings, range)).orElseGet(Reply::undeserializable);
            case "userFunding" ->
                AskedRange.of(request).map(range -> funding(holdings, range)).orElseGet(Reply::undeserializable);
            default -> Reply.undeserializable();
        };
    }

    private static boolean isOfOneExchange(String type) {
        return type.equals("clearinghouseState") || type.equals("openOrders");
    }

    private List<Holding> holdings(String user, String dex) {
        List<Holding> holdings = new ArrayList<>();
        List<CoinMarket> perps = Arrays.stream(market.coins())
                .filter(coin -> !coin.coin().spot() && coin.coin().dex().equals(dex))
                .limit(user.equals(NOBODY) ? 0 : 3)
                .toList();
        for (CoinMarket coin : perps) {
            long steps =
                    10L + Math.floorMod(SeededRandom.hash(user + coin.coin().name()), 90);
            long signed = holdings.isEmpty() ? steps : -steps;
            holdings.add(
                    new Holding(coin, BigDecimal.valueOf(signed * coin.coin().sizeStep(), 8)));
        }
        return holdings;
    }

    private Reply perps(List<Holding> holdings) {
        BigDecimal notional = holdings.stream().map(Holding::notional).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal margin = notional.divide(BigDecimal.TEN);
        json.raw("{\"marginSummary\":");
        summary(notional, margin).raw(",\"crossMarginSummary\":");
        summary(notional, margin).raw(",\"crossMaintenanceMarginUsed\":\"0.0\",\"withdrawable\":");
        json.decimal(notional).raw(",\"assetPositions\":[");
        String separator = "";
        for (Holding held : holdings) {
            json.raw(separator)
                    .raw("{\"type\":\"oneWay\",\"position\":{\"coin\":")
                    .string(held.name());
            json.raw(",\"szi\":").decimal(held.size());
            json.raw(",\"leverage\":{\"type\":\"cross\",\"value\":10},\"entryPx\":")
                    .decimal(held.price());
            json.raw(",\"positionValue\":").decimal(held.notional());
            json.raw(",\"unrealizedPnl\":\"0.0\",\"returnOnEquity\":\"0.0\",\"liquidationPx\":null,\"marginUsed\":");
            json.decimal(held.notional().divide(BigDecimal.TEN)).raw(",\"maxLeverage\":50}}");
            separator = ",";
        }
        return done(json.raw("],\"time\":").number(market.timeMs()).raw('}'), 0);
    }

    private JsonText summary(BigDecimal notional, BigDecimal margin) {
        json.raw("{\"accountValue\":").decimal(notional.add(margin)).raw(",\"totalNtlPos\":");
        return json.decimal(notional)
                .raw(",\"totalRawUsd\":\"0.0\",\"totalMarginUsed\":")
                .decimal(margin)
                .raw('}');
    }

    private Reply balances(List<Holding> holdings) {
        json.raw("{\"balances\":[");
        if (!holdings.isEmpty()) {
            json.raw("{\"coin\":\"USDC\",\"token\":0,\"total\":\"14.625485\",\"hold\":\"0.0\",\"entryNtl\":\"0.0\"}");
        }
        return done(json.raw("]}"), 0);
    }

    /** One beyond each position. */
    private Reply orders(List<Holding> holdings) {
        json.raw('[');
        for (int i = 0; i < holdings.size(); i++) {
            Holding held = holdings.get(i);
            boolean buy = held.size().signum() < 0;
            json.raw(i == 0 ? "" : ",").raw("{\"coin\":").string(held.name());
            json.raw(buy ? ",\"side\":\"B\",\"limitPx\":" : ",\"side\":\"A\",\"limitPx\":")
                    .decimal(held.price());
            json.raw(",\"sz\":").decimal(held.size().abs()).raw(",\"oid\":").number(i + 1);
            json.raw(",\"timestamp\":").number(market.timeMs() - FILL_MS).raw('}');
        }
        return done(json.raw(']'), 0);
    }

    private Reply fees() {
        return done(
                json.raw("{\"dailyUserVlm\":[],\"userCrossRate\":\"0.00045\",\"userAddRate\":\"0.00015\","
                        + "\"userSpotCrossRate\":\"0.0007\",\"userSpotAddRate\":\"0.0004\",\"trial\":null}"),
                0);
    }

    private Reply fills(List<Holding> holdings, AskedRange range) {
        long last = Math.min(range.endMs(), market.timeMs()) / FILL_MS;
        long oldest = market.timeMs() / FILL_MS - FILLS_KEPT + 1;
        long first = Math.max(oldest, (range.startMs() + FILL_MS - 1) / FILL_MS);
        json.raw('[');
        int items = 0;
        for (long number = first; !holdings.isEmpty() && number <= last && items < FILLS_PAGE; number++) {
            json.raw(items++ == 0 ? "" : ",");
            fill(holdings.get((int) (number / 2 % holdings.size())), number);
        }
        return done(json.raw(']'), items);
    }

    private void fill(Holding held, long number) {
        boolean back = number % 2 == 1;
        BigDecimal before = back ? held.size().add(held.step()) : held.size();
        BigDecimal fee = held.price().multiply(held.step()).multiply(FEE).setScale(8, RoundingMode.HALF_EVEN);
        json.raw("{\"coin\":").string(held.name()).raw(",\"px\":").decimal(held.price());
        json.raw(",\"sz\":").decimal(held.step()).raw(back ? ",\"side\":\"A\"" : ",\"side\":\"B\"");
        json.raw(",\"time\":")
                .number(number * FILL_MS)
                .raw(",\"startPosition\":")
                .decimal(before);
        boolean isLong = held.size().signum() > 0;
        json.raw(",\"dir\":").string((back == isLong ? "Close " : "Open ") + (isLong ? "Long" : "Short"));
        json.raw(",\"closedPnl\":\"0.0\",\"hash\":").hex(SeededRandom.mix(number), 32);
        json.raw(",\"oid\":").number(number).raw(",\"crossed\":true,\"fee\":").decimal(fee);
        json.raw(",\"tid\":").number(number).raw(",\"feeToken\":\"USDC\"}");
    }

    /** Hour after hour, all positions of one in one moment, as at the venue. */
    private Reply funding(List<Holding> holdings, AskedRange range) {
        long endMs = Math.min(range.endMs(), market.timeMs());
        json.raw('[');
        int items = 0;
        List<FundingPast.Payment> hours = holdings.isEmpty()
                ? List.of()
                : holdings.get(0).coin().funding().between(range.startMs(), endMs, FUNDING_PAGE);
        for (FundingPast.Payment hour : hours) {
            for (Holding held : holdings) {
                if (items < FUNDING_PAGE) {
                    json.raw(items++ == 0 ? "" : ",");
                    payment(held, hour);
                }
            }
        }
        return done(json.raw(']'), items);
    }

    private void payment(Holding held, FundingPast.Payment hour) {
        BigDecimal paid =
                held.size().multiply(held.price()).multiply(hour.rate()).setScale(6, RoundingMode.HALF_EVEN);
        json.raw("{\"time\":").number(hour.timeMs()).raw(",\"hash\":").hex(0, 32);
        json.raw(",\"delta\":{\"type\":\"funding\",\"coin\":").string(held.name());
        json.raw(",\"usdc\":").decimal(paid.negate()).raw(",\"szi\":").decimal(held.size());
        json.raw(",\"fundingRate\":").decimal(hour.rate()).raw(",\"nSamples\":null}}");
    }

    private static Reply done(JsonText text, int items) {
        return Reply.list(new String(text.toBytes(), StandardCharsets.UTF_8), items);
    }
}
