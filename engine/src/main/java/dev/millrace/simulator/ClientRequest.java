package dev.millrace.simulator;

import dev.millrace.market.Channel;
import dev.millrace.market.Subscription;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** What a client asks over its WebSocket. */
sealed interface ClientRequest {

    /** {@code {"method":"ping"}}. */
    record Ping() implements ClientRequest {}

    /** A subscription to begin or end. */
    record Subscribe(boolean begin, Topic topic) implements ClientRequest {}

    /**
     * What could be asked by {@code POST} as well.
     *
     * @param id chosen by the client
     * @param type {@code info}, or what is not simulated
     * @param payload the body
     */
    record Post(long id, String type, Map<?, ?> payload) implements ClientRequest {}

    /** Reads requests; one thread. */
    final class Reader {
        private final RequestJson json = new RequestJson();

        /** Empty for what the venue answers with a parse error. */
        Optional<ClientRequest> read(String text) {
            try {
                return json.read(text.getBytes(StandardCharsets.UTF_8)) instanceof Map<?, ?> map
                        ? request(map)
                        : Optional.empty();
            } catch (IOException refused) {
                return Optional.empty();
            }
        }

        private static Optional<ClientRequest> request(Map<?, ?> map) {
            Object method = map.get("method");
            if ("ping".equals(method)) {
                return Optional.of(new Ping());
            }
            if ("post".equals(method)) {
                return post(map);
            }
            boolean begin = "subscribe".equals(method);
            return (begin || "unsubscribe".equals(method)) && map.get("subscription") instanceof Map<?, ?> subscription
                    ? topic(subscription).map(topic -> new Subscribe(begin, topic))
                    : Optional.empty();
        }

        private static Optional<ClientRequest> post(Map<?, ?> map) {
            return map.get("id") instanceof Long id
                            && map.get("request") instanceof Map<?, ?> request
                            && request.get("type") instanceof String type
                            && request.get("payload") instanceof Map<?, ?> payload
                    ? Optional.of(new Post(id, type, payload))
                    : Optional.empty();
        }

        private static Optional<Topic> topic(Map<?, ?> map) {
            if ("allMids".equals(map.get("type"))) {
                Object dex = map.get("dex");
                return dex == null || dex instanceof String
                        ? Optional.of(Topic.of(Subscription.allMids(dex == null ? "" : (String) dex)))
                        : Optional.empty();
            }
            if (!(map.get("coin") instanceof String coin) || !(map.get("type") instanceof String type)) {
                return Optional.empty();
            }
            return switch (type) {
                case "trades" -> Optional.of(Topic.of(Subscription.trades(coin)));
                case "bbo" -> Optional.of(Topic.of(Subscription.bbo(coin)));
                case "activeAssetCtx" -> Optional.of(Topic.of(Subscription.assetContext(coin)));
                case "candle" -> candle(map, coin);
                case "l2Book" -> book(map, coin);
                default -> Optional.empty();
            };
        }

        private static Optional<Topic> candle(Map<?, ?> map, String coin) {
            return map.get("interval") instanceof String interval && Candles.INTERVALS.contains(interval)
                    ? Optional.of(Topic.of(Subscription.candle(coin, interval)))
                    : Optional.empty();
        }

        /** Numbers out of range are well-formed here; the venue closes the socket for them. */
        static Optional<Topic> book(Map<?, ?> map, String coin) {
            Object fast = map.get("fast");
            if (!isIntegerOrNull(map.get("nSigFigs"))
                    || !isIntegerOrNull(map.get("mantissa"))
                    || (fast != null && !(fast instanceof Boolean))) {
                return Optional.empty();
            }
            Subscription subscription = new Subscription(Channel.L2_BOOK, coin, "", "", Boolean.TRUE.equals(fast));
            return Optional.of(new Topic(subscription, orMinusOne(map, "nSigFigs"), orMinusOne(map, "mantissa")));
        }

        private static boolean isIntegerOrNull(Object value) {
            return value == null || value instanceof Long;
        }

        /** Absent is 0; a given 0 must not look absent. */
        private static int orMinusOne(Map<?, ?> map, String key) {
            return map.get(key) instanceof Long value ? (value == 0 ? -1 : (int) Math.min(value, 100)) : 0;
        }
    }
}
