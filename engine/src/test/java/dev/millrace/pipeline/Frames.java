package dev.millrace.pipeline;

import dev.millrace.market.Channel;
import dev.millrace.market.Decimals;
import dev.millrace.market.Subscription;
import java.util.List;
import java.util.stream.Collectors;

/** The venue's frames as text, written as the venue writes them. */
public final class Frames {

    private static final String HASH = "0x" + "0".repeat(64);
    private static final String USER = "0x" + "1".repeat(40);

    private Frames() {}

    /** A trade of the venue; price and size at scale 8. */
    public record VenueTrade(String coin, long timeMs, long tid, long price, long size, boolean buy) {

        public String json() {
            return "{\"coin\":\"" + coin + "\",\"side\":\"" + (buy ? 'B' : 'A') + "\",\"px\":\"" + Decimals.text(price)
                    + "\",\"sz\":\"" + Decimals.text(size) + "\",\"time\":" + timeMs + ",\"hash\":\"" + HASH
                    + "\",\"tid\":" + tid + ",\"users\":[\"" + USER + "\",\"" + USER + "\"]}";
        }
    }

    public static String trades(List<VenueTrade> trades) {
        return "{\"channel\":\"trades\",\"data\":["
                + trades.stream().map(VenueTrade::json).collect(Collectors.joining(",")) + "]}";
    }

    public static String tradesAck(String coin) {
        return "{\"channel\":\"subscriptionResponse\",\"data\":{\"method\":\"subscribe\",\"subscription\":"
                + "{\"type\":\"trades\",\"coin\":\"" + coin + "\"}}}";
    }

    public static String ack(Subscription subscription) {
        String coin = subscription.coin().isEmpty() ? "" : ",\"coin\":\"" + subscription.coin() + "\"";
        String interval = subscription.interval().isEmpty() ? "" : ",\"interval\":\"" + subscription.interval() + "\"";
        String dex = subscription.dex().isEmpty() ? "" : ",\"dex\":\"" + subscription.dex() + "\"";
        String fast = subscription.channel() == Channel.L2_BOOK ? ",\"fast\":" + subscription.fast() : "";
        return "{\"channel\":\"subscriptionResponse\",\"data\":{\"method\":\"subscribe\",\"subscription\":"
                + "{\"type\":\"" + subscription.channel().wireName() + "\"" + coin + interval + dex + fast + "}}}";
    }

    /**
     * A context.
     *
     * @param dayVolume in whole dollars
     */
    public static String context(String coin, long dayVolume) {
        return "{\"channel\":\"activeAssetCtx\",\"data\":{\"coin\":\"" + coin + "\",\"ctx\":{\"funding\":\"0.1\","
                + "\"openInterest\":\"1.0\",\"prevDayPx\":\"1.0\",\"dayNtlVlm\":\"" + dayVolume
                + ".25\",\"premium\":null,\"oraclePx\":\"1.0\",\"markPx\":\"1.0\",\"midPx\":null,\"impactPxs\":null,"
                + "\"dayBaseVlm\":\"2.5\"}}}";
    }

    public static String bbo(String coin, long timeMs, String bid, String ask) {
        return "{\"channel\":\"bbo\",\"data\":{\"coin\":\"" + coin + "\",\"time\":" + timeMs + ",\"bbo\":[{\"px\":\""
                + bid + "\",\"sz\":\"1.0\",\"n\":1},{\"px\":\"" + ask + "\",\"sz\":\"2.0\",\"n\":2}]}}";
    }

    public static String candle(String coin, long startMs, long trades) {
        return "{\"channel\":\"candle\",\"data\":{\"t\":" + startMs + ",\"T\":" + (startMs + 59_999) + ",\"s\":\""
                + coin
                + "\",\"i\":\"1m\",\"o\":\"1.0\",\"c\":\"1.0\",\"h\":\"1.0\",\"l\":\"1.0\",\"v\":\"1.0\",\"n\":"
                + trades
                + "}}";
    }
}
