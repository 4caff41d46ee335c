package dev.millrace.codec.hyperliquid;

import com.dslplatform.json.DslJson;
import com.dslplatform.json.JsonWriter;
import com.dslplatform.json.ObjectConverter;
import dev.millrace.market.Channel;
import dev.millrace.market.Subscription;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * Subscriptions ⇄ Hyperliquid's JSON. What the venue echoes is normalised (keys reordered, {@code nSigFigs} and
 * {@code mantissa} null, {@code fast} false or absent), so texts are compared only after {@link #parse}, by meaning.
 * Any thread; cold.
 */
public final class SubscriptionText {

    private static final DslJson<Object> JSON = new DslJson<>();

    private SubscriptionText() {}

    /** The frame that asks for a subscription. */
    public static byte[] subscribe(Subscription subscription) {
        return request("subscribe", subscription);
    }

    /** The frame that ends a subscription. */
    public static byte[] unsubscribe(Subscription subscription) {
        return request("unsubscribe", subscription);
    }

    /** The frame that the venue answers with {@code {"channel":"pong"}}. */
    public static byte[] ping() {
        return "{\"method\":\"ping\"}".getBytes(StandardCharsets.US_ASCII);
    }

    /** The subscription object alone, for people and lifecycle records. */
    public static String text(Subscription subscription) {
        JsonWriter writer = JSON.newWriter();
        write(writer, subscription);
        return writer.toString();
    }

    /**
     * Reads a subscription object.
     *
     * @return empty when it is not JSON, of a type that Millrace does not ask for, or an aggregated book
     */
    public static Optional<Subscription> parse(byte[] json, int length) {
        try {
            return ofFields(object(json, length));
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    /** A whole payload as nested maps and lists; strict first, for dsl-json overruns some that end too early. */
    static Map<String, Object> object(byte[] json, int length) throws IOException {
        FrameReader strict = new FrameReader();
        strict.start(json, length);
        strict.skip();
        Map<String, Object> object = JSON.deserialize(ObjectConverter::deserializeMap, JSON.newReader(json, length));
        return object == null ? Map.of() : object;
    }

    /** The meaning of a subscription object's fields. */
    static Optional<Subscription> ofFields(Map<?, ?> fields) {
        String coin = string(fields, "coin");
        Channel channel = channel(string(fields, "type"));
        boolean aggregated = fields.get("nSigFigs") != null || fields.get("mantissa") != null;
        if (channel == Channel.UNKNOWN || aggregated || coin.isEmpty() != (channel == Channel.ALL_MIDS)) {
            return Optional.empty();
        }
        boolean fast = Boolean.TRUE.equals(fields.get("fast"));
        return Optional.of(new Subscription(channel, coin, string(fields, "interval"), string(fields, "dex"), fast));
    }

    private static Channel channel(String type) {
        return switch (type) {
            case "trades" -> Channel.TRADES;
            case "l2Book" -> Channel.L2_BOOK;
            case "bbo" -> Channel.BBO;
            case "allMids" -> Channel.ALL_MIDS;
            case "candle" -> Channel.CANDLE;
            case "activeAssetCtx" -> Channel.ASSET_CONTEXT;
            default -> Channel.UNKNOWN;
        };
    }

    private static String string(Map<?, ?> fields, String key) {
        return fields.get(key) instanceof String value ? value : "";
    }

    private static byte[] request(String method, Subscription subscription) {
        JsonWriter writer = JSON.newWriter();
        writer.writeAscii("{\"method\":\"" + method + "\",\"subscription\":");
        write(writer, subscription);
        writer.writeAscii("}");
        return writer.toByteArray();
    }

    private static void write(JsonWriter writer, Subscription subscription) {
        writer.writeAscii("{\"type\":\"" + subscription.channel().wireName() + "\"");
        field(writer, "coin", subscription.coin());
        field(writer, "interval", subscription.interval());
        field(writer, "dex", subscription.dex());
        writer.writeAscii(subscription.fast() ? ",\"fast\":true}" : "}");
    }

    private static void field(JsonWriter writer, String key, String value) {
        if (!value.isEmpty()) {
            writer.writeAscii(",\"" + key + "\":");
            writer.writeString(value);
        }
    }
}
