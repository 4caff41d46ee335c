package dev.millrace.simulator;

import dev.millrace.market.Subscription;
import java.util.Optional;

/**
 * Which subscription a recorded frame belongs to.
 *
 * @param subscription the one that asks for such frames
 * @param trades elements of a {@code trades} frame; else 0
 */
record FrameRoute(Subscription subscription, int trades) {

    /** Empty for frames that belong to none: acknowledgements, pongs, errors, other channels, text that is no JSON. */
    static Optional<FrameRoute> of(byte[] frame) {
        JsonScan scan = new JsonScan(frame, 0, frame.length);
        String channel = "";
        int data = -1;
        boolean open = scan.enter('{');
        while (open && scan.nextField()) {
            if (scan.key().equals("channel")) {
                channel = scan.string();
            } else {
                data = scan.key().equals("data") ? scan.position() : data;
                scan.skip();
            }
        }
        return data < 0 ? Optional.empty() : of(channel, new JsonScan(frame, data, frame.length));
    }

    private static Optional<FrameRoute> of(String channel, JsonScan data) {
        return switch (channel) {
            case "trades" -> trades(data);
            case "l2Book", "bbo", "candle", "allMids", "activeAssetCtx", "activeSpotAssetCtx" ->
                Optional.of(new FrameRoute(object(channel, data), 0));
            default -> Optional.empty();
        };
    }

    private static Optional<FrameRoute> trades(JsonScan data) {
        String coin = "";
        int count = 0;
        boolean open = data.enter('[');
        while (open && data.nextElement()) {
            coin = coin.isEmpty() ? coinOf(data) : skipped(data, coin);
            count++;
        }
        return coin.isEmpty() ? Optional.empty() : Optional.of(new FrameRoute(Subscription.trades(coin), count));
    }

    private static String coinOf(JsonScan data) {
        String coin = "";
        boolean open = data.enter('{');
        while (open && data.nextField()) {
            if (data.key().equals("coin")) {
                coin = data.string();
            } else {
                data.skip();
            }
        }
        data.enter('}');
        return coin;
    }

    private static String skipped(JsonScan data, String coin) {
        data.skip();
        return coin;
    }

    private static Subscription object(String channel, JsonScan data) {
        String coin = "";
        String interval = "";
        String dex = "";
        boolean fast = false;
        boolean open = data.enter('{');
        while (open && data.nextField()) {
            switch (data.key()) {
                case "coin", "s" -> coin = data.string();
                case "i" -> interval = data.string();
                case "dex" -> dex = data.string();
                case "fast" -> fast = data.isTrue();
                default -> data.skip();
            }
        }
        return switch (channel) {
            case "l2Book" -> Subscription.book(coin, fast);
            case "bbo" -> Subscription.bbo(coin);
            case "candle" -> Subscription.candle(coin, interval);
            case "allMids" -> Subscription.allMids(dex);
            default -> Subscription.assetContext(coin);
        };
    }
}
