package dev.millrace.discovery;

import com.dslplatform.json.DslJson;
import com.dslplatform.json.JsonWriter;
import dev.millrace.market.AssetMeasures;
import dev.millrace.market.AssetScores;
import dev.millrace.market.AssetVerdict;
import dev.millrace.market.BookMeasures;
import dev.millrace.market.DayMeasures;
import dev.millrace.market.Standing;
import dev.millrace.market.UniverseDecision;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The payload of a {@link dev.millrace.market.RecordKind#UNIVERSE} record: one JSON object with {@code at_ms}, {@code note}
 * and {@code coins}, in which each coin has all that was decided about it; numbers that were not known are null. Any thread.
 */
public final class DecisionRecord {

    private static final DslJson<Object> JSON = new DslJson<>();

    private DecisionRecord() {}

    /** The bytes of a decision. */
    public static byte[] encode(UniverseDecision decision) {
        JsonWriter json = JSON.newWriter();
        json.writeAscii("{\"at_ms\":" + decision.atMs() + ",\"note\":");
        json.writeString(decision.note());
        json.writeAscii(",\"coins\":[");
        String comma = "";
        for (AssetVerdict verdict : decision.verdicts()) {
            json.writeAscii(comma);
            comma = ",";
            write(verdict, json);
        }
        json.writeAscii("]}");
        return json.toByteArray();
    }

    private static void write(AssetVerdict verdict, JsonWriter json) {
        AssetMeasures measures = verdict.measures();
        Standing standing = verdict.standing();
        json.writeAscii("{\"symbol\":");
        json.writeString(verdict.symbol());
        json.writeAscii(",\"member\":" + standing.member() + ",\"rank\":" + verdict.rank());
        number("composite", verdict.scores().composite(), json);
        number("liquidity", verdict.scores().liquidity(), json);
        number("volatility", verdict.scores().volatility(), json);
        number("volume_usd", measures.days().volumeUsd(), json);
        number("open_interest_usd", measures.openInterestUsd(), json);
        number("spread_bp", measures.book().spreadBp(), json);
        number("depth_usd", measures.book().depthUsd(), json);
        json.writeAscii(",\"depth_at_least\":" + measures.book().depthAtLeast());
        number("deviation", measures.days().deviation(), json);
        json.writeAscii(",\"max_leverage\":" + measures.maxLeverage()
                + ",\"candles\":" + measures.days().candles()
                + ",\"samples\":" + measures.book().samples()
                + ",\"span_ms\":" + measures.book().spanMs()
                + ",\"entering\":" + standing.entering()
                + ",\"leaving\":" + standing.leaving()
                + ",\"failing\":" + standing.failing() + ",\"reason\":");
        json.writeString(verdict.reason());
        json.writeAscii("}");
    }

    private static void number(String name, double value, JsonWriter json) {
        json.writeAscii(",\"" + name + "\":" + (Double.isNaN(value) ? "null" : Double.toString(value)));
    }

    /**
     * The decision of these bytes.
     *
     * @throws IOException when they are none, saying what is missing
     */
    public static UniverseDecision decode(byte[] payload, int length) throws IOException {
        Map<?, ?> members = JSON.deserialize(Map.class, payload, length);
        List<AssetVerdict> verdicts = new ArrayList<>();
        for (Object coin : member(members, "coins", List.class)) {
            if (!(coin instanceof Map<?, ?> fields)) {
                throw new IOException("universe record: a coin must be an object, not " + coin);
            }
            verdicts.add(verdict(fields));
        }
        return new UniverseDecision(
                member(members, "at_ms", Number.class).longValue(), member(members, "note", String.class), verdicts);
    }

    private static AssetVerdict verdict(Map<?, ?> coin) throws IOException {
        BookMeasures book = new BookMeasures(
                whole(coin, "samples"),
                member(coin, "span_ms", Number.class).longValue(),
                known(coin, "spread_bp"),
                known(coin, "depth_usd"),
                member(coin, "depth_at_least", Boolean.class));
        DayMeasures days = new DayMeasures(whole(coin, "candles"), known(coin, "volume_usd"), known(coin, "deviation"));
        return new AssetVerdict(
                member(coin, "symbol", String.class),
                new AssetMeasures(whole(coin, "max_leverage"), known(coin, "open_interest_usd"), days, book),
                new AssetScores(known(coin, "liquidity"), known(coin, "volatility"), known(coin, "composite")),
                whole(coin, "rank"),
                new Standing(
                        member(coin, "member", Boolean.class),
                        whole(coin, "entering"),
                        whole(coin, "leaving"),
                        whole(coin, "failing")),
                member(coin, "reason", String.class));
    }

    private static int whole(Map<?, ?> owner, String name) throws IOException {
        return member(owner, name, Number.class).intValue();
    }

    private static double known(Map<?, ?> owner, String name) throws IOException {
        boolean unknown = owner.containsKey(name) && owner.get(name) == null;
        return unknown ? Double.NaN : member(owner, name, Number.class).doubleValue();
    }

    private static <T> T member(Map<?, ?> owner, String name, Class<T> type) throws IOException {
        Object value = owner == null ? null : owner.get(name);
        if (!type.isInstance(value)) {
            throw new IOException(
                    "universe record: '" + name + "' must be a " + type.getSimpleName() + ", not " + value);
        }
        return type.cast(value);
    }
}
