package dev.millrace.codec.hyperliquid;

import com.dslplatform.json.DslJson;
import dev.millrace.market.CandleInterval;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The body of a {@code POST /info}.
 *
 * @param type what is asked for
 * @param members the others, in the order in which they are written
 */
public record InfoRequest(String type, Map<String, Object> members) {

    private static final DslJson<Object> JSON = new DslJson<>();

    public InfoRequest {
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    /** A request without further members. */
    public static InfoRequest of(String type) {
        return new InfoRequest(type, Map.of());
    }

    /** A request about one exchange; the empty name is the venue's own. */
    public static InfoRequest ofDex(String type, String dex) {
        return dex.isEmpty() ? of(type) : new InfoRequest(type, Map.of("dex", dex));
    }

    public static InfoRequest ofCoin(String type, String coin) {
        return new InfoRequest(type, Map.of("coin", coin));
    }

    /** Account information, by address: read only, without a key. */
    public static InfoRequest ofUser(String type, AccountAddress address) {
        return new InfoRequest(type, Map.of("user", address.text()));
    }

    /** The same at one exchange; the empty name is the venue's own. */
    public static InfoRequest ofUser(String type, AccountAddress address, String dex) {
        if (dex.isEmpty()) {
            return ofUser(type, address);
        }
        Map<String, Object> asked = new LinkedHashMap<>();
        asked.put("user", address.text());
        asked.put("dex", dex);
        return new InfoRequest(type, asked);
    }

    /** The same in a stretch of time, both ends inclusive, ms since 1970. */
    public static InfoRequest ofUser(String type, AccountAddress address, long startMs, long endMs) {
        Map<String, Object> asked = new LinkedHashMap<>();
        asked.put("user", address.text());
        asked.put("startTime", startMs);
        asked.put("endTime", endMs);
        return new InfoRequest(type, asked);
    }

    /** Candles that begin in a stretch of time, both ends inclusive, ms since 1970. */
    public static InfoRequest candles(String coin, CandleInterval interval, long startMs, long endMs) {
        Map<String, Object> asked = new LinkedHashMap<>();
        asked.put("coin", coin);
        asked.put("interval", interval.label());
        asked.put("startTime", startMs);
        asked.put("endTime", endMs);
        return new InfoRequest("candleSnapshot", Map.of("req", asked));
    }

    /** Funding in a stretch of time, both ends inclusive, ms since 1970; the venue gives its oldest 500. */
    public static InfoRequest funding(String coin, long startMs, long endMs) {
        Map<String, Object> asked = new LinkedHashMap<>();
        asked.put("coin", coin);
        asked.put("startTime", startMs);
        asked.put("endTime", endMs);
        return new InfoRequest("fundingHistory", asked);
    }

    /**
     * Reads what {@link #json} wrote.
     *
     * @throws IOException when it is no object with a type
     */
    public static InfoRequest parse(String json) throws IOException {
        byte[] text = json.getBytes(StandardCharsets.UTF_8);
        if (!(ReplyJson.read("request", text, text.length) instanceof Map<?, ?> read)
                || !(read.get("type") instanceof String type)) {
            throw new IOException("no request with a type: " + json);
        }
        Map<String, Object> members = new LinkedHashMap<>();
        read.forEach((name, value) -> members.put((String) name, value));
        members.remove("type");
        return new InfoRequest(type, members);
    }

    /** As it is sent. */
    public String json() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("type", type);
        all.putAll(members);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            JSON.serialize(all, out);
        } catch (IOException e) {
            throw new UncheckedIOException("in memory", e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return json();
    }
}
