package dev.millrace.codec.hyperliquid;

import dev.millrace.codec.hyperliquid.Json.Arr;
import dev.millrace.codec.hyperliquid.Json.Bool;
import dev.millrace.codec.hyperliquid.Json.Member;
import dev.millrace.codec.hyperliquid.Json.Null;
import dev.millrace.codec.hyperliquid.Json.Num;
import dev.millrace.codec.hyperliquid.Json.Obj;
import dev.millrace.codec.hyperliquid.Json.Str;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Frames of every kind, as trees: fit ones of realistic values, and odd ones by exchanging parts of those. */
final class FrameGenerator {

    private static final String[] COINS = {"BTC", "ETH", Fixture.COARSE, "xyz:TSLA", "@107", "PURR/USDC", "#10", "日本"};
    private static final String[] ODD_NUMBERS = {
        "",
        "-",
        "0",
        "0.0",
        "-0.0",
        "-1.5",
        "1.",
        ".5",
        "00.1",
        "01",
        "+1",
        "1e5",
        "1E-5",
        "1e",
        "0x10",
        "NaN",
        "Infinity",
        "1.123456789",
        "92233720368.54775807",
        "92233720368.54775808",
        "922337203685477.5807",
        "922337203685477.5808",
        "9223372036854775807",
        "9223372036854775808",
        "99999999999999999999",
        "1234567890123456789012345678.9012345678",
        "99999999999999999999999999999999999999",
        "100000000000000000000000000000000000000",
        "2147483648",
        "9007199254740992",
        "0.00000001",
        "0.000000001",
        "0.00000000000000000000000000000000000001",
        "1 ",
        " 1",
        "1,5",
        "12a",
        "\u0661"
    };

    private final Random random;

    FrameGenerator(Random random) {
        this.random = random;
    }

    /** A frame that is fit in every part. */
    Json frame() {
        return switch (random.nextInt(11)) {
            case 0, 1 -> message("trades", array(random.nextInt(5), this::trade));
            case 2, 3 -> message("l2Book", book());
            case 4 -> message("bbo", bbo());
            case 5 -> message("allMids", object("mids", mids(), "dex", new Str("xyz")));
            case 6 -> message("candle", candle());
            case 7 -> message("activeAssetCtx", object("coin", coin(), "ctx", perpContext()));
            case 8 -> message("activeSpotAssetCtx", object("coin", coin(), "ctx", spotContext()));
            case 9 -> message("subscriptionResponse", ack());
            default -> other();
        };
    }

    /** The same tree with some of its parts exchanged, left out, doubled or of a new name. */
    Json disturbed(Json json) {
        if (random.nextInt(30) == 0) {
            return anything(0);
        }
        if (json instanceof Arr array) {
            return new Arr(array.elements().stream().map(this::disturbed).toList());
        }
        if (!(json instanceof Obj object)) {
            return json;
        }
        List<Member> members = new ArrayList<>();
        for (Member member : object.members()) {
            int fate = random.nextInt(60);
            if (fate == 0) {
                continue;
            }
            members.add(new Member(fate == 1 ? "new" : member.name(), disturbed(member.value())));
            if (fate == 2) {
                members.add(member);
            }
        }
        if (random.nextInt(10) == 0) {
            members.add(new Member("extra", anything(0)));
        }
        return new Obj(members);
    }

    private Json anything(int depth) {
        return switch (random.nextInt(depth > 3 ? 6 : 9)) {
            case 0 -> new Null();
            case 1 -> new Bool(random.nextBoolean());
            case 2 ->
                new Str(pick("", "A", "B", "b", "sell", "BTC", "a\nb", "\u007f", "\ud800", "\ud83d\ude00", "\"\\"));
            case 3, 4, 5 -> oddNumber();
            case 6 -> array(random.nextInt(3), () -> anything(depth + 1));
            case 7 -> object("px", anything(depth + 1), "q", anything(depth + 1));
            default -> new Obj(List.of());
        };
    }

    /** A text that is hardly a number, or one at a limit. */
    String oddNumberText() {
        return pick(ODD_NUMBERS);
    }

    private Json oddNumber() {
        String text = oddNumberText();
        boolean bare = random.nextBoolean() && text.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
        return bare ? new Num(text) : new Str(text);
    }

    private Json trade() {
        return object(
                "coin", coin(),
                "side", new Str(pick("A", "B")),
                "px", decimal(),
                "sz", decimal(),
                "time", time(),
                "hash", new Str("0x" + "0123456789abcdef".repeat(4)),
                "tid", new Num(String.valueOf(random.nextLong() >>> 14)),
                "users", array(2, () -> new Str("0x01dee6cb242bf8cdaca48ad2ebd50a2f2b0b10ff")));
    }

    private Json book() {
        List<Member> members = new ArrayList<>();
        members.add(new Member("coin", coin()));
        members.add(new Member("time", time()));
        int middle = 1_000 + random.nextInt(1_000_000);
        members.add(new Member("levels", new Arr(List.of(levels(middle, -1), levels(middle + 1, 1)))));
        if (random.nextBoolean()) {
            members.add(new Member("fast", new Bool(random.nextBoolean())));
        }
        if (random.nextBoolean()) {
            members.add(new Member("spread", new Str("1.0")));
        }
        return new Obj(members);
    }

    private Json levels(int from, int step) {
        List<Json> levels = new ArrayList<>();
        int count = random.nextInt(24);
        for (int i = 0; i < count; i++) {
            levels.add(level(from + i * step));
        }
        return new Arr(levels);
    }

    private Json level(int price) {
        String text = BigDecimal.valueOf(price, 1).toPlainString();
        return object("px", new Str(text), "sz", decimal(), "n", new Num(String.valueOf(random.nextInt(50))));
    }

    private Json bbo() {
        int bid = 1_000 + random.nextInt(1_000_000);
        Json bidOrNull = random.nextInt(4) == 0 ? new Null() : level(bid);
        Json askOrNull = random.nextInt(4) == 0 ? new Null() : level(bid + 1);
        return object("coin", coin(), "time", time(), "bbo", new Arr(List.of(bidOrNull, askOrNull)));
    }

    private Json mids() {
        List<Member> members = new ArrayList<>();
        for (String coin : COINS) {
            members.add(new Member(coin, decimal()));
        }
        return new Obj(members);
    }

    private Json candle() {
        return object(
                "t", new Num("1742428740000"),
                "T", new Num("1742428799999"),
                "s", coin(),
                "i", new Str(pick("1m", "15m", "1h", "1d", "3d", "1w", "1M")),
                "o", decimal(),
                "c", decimal(),
                "h", decimal(),
                "l", decimal(),
                "v", wide(),
                "n", new Num(String.valueOf(random.nextInt(100_000))));
    }

    private Json perpContext() {
        Json impact = new Arr(List.of(decimal(), decimal()));
        return object(
                "funding", new Str(pick("0.0000125", "-0.0000001234")),
                "openInterest", wide(),
                "prevDayPx", decimal(),
                "dayNtlVlm", wide(),
                "premium", orNull(new Str(pick("-0.000001763", "0.1"))),
                "oraclePx", decimal(),
                "markPx", decimal(),
                "midPx", orNull(decimal()),
                "impactPxs", orNull(impact),
                "dayBaseVlm", wide());
    }

    private Json spotContext() {
        return object(
                "prevDayPx", new Str("0.0"),
                "dayNtlVlm", wide(),
                "markPx", decimal(),
                "midPx", orNull(decimal()),
                "circulatingSupply", wide(),
                "coin", coin(),
                "totalSupply", wide(),
                "dayBaseVlm", wide());
    }

    private Json ack() {
        List<Member> members = new ArrayList<>();
        String type = pick("trades", "l2Book", "bbo", "allMids", "candle", "activeAssetCtx", "userFills");
        members.add(new Member("type", new Str(type)));
        switch (type) {
            case "allMids" -> members.add(new Member("dex", orNull(new Str("xyz"))));
            case "userFills" -> members.add(new Member("user", new Str("0x0")));
            default -> members.add(new Member("coin", coin()));
        }
        if (type.equals("candle")) {
            members.add(new Member("interval", new Str(pick("1m", "4h"))));
        }
        if (type.equals("l2Book")) {
            members.add(new Member("nSigFigs", new Null()));
            members.add(new Member("fast", orNull(new Bool(random.nextBoolean()))));
        }
        return object("method", new Str(pick("subscribe", "unsubscribe")), "subscription", new Obj(members));
    }

    private Json other() {
        return switch (random.nextInt(3)) {
            case 0 -> object("channel", new Str("pong"));
            case 1 -> message("error", new Str("Already subscribed: {\"type\":\"l2Book\",\"coin\":\"SOL\"}"));
            default -> message("notification", anything(0));
        };
    }

    private Json message(String channel, Json data) {
        return object("channel", new Str(channel), "data", data);
    }

    private Json coin() {
        return new Str(pick(COINS));
    }

    private Json time() {
        return new Num(String.valueOf(1_700_000_000_000L + random.nextInt()));
    }

    /** A price or size that fits every coin's scale. */
    private Json decimal() {
        return new Str(BigDecimal.valueOf(1 + random.nextInt(1_000_000_000), random.nextInt(5))
                .toPlainString());
    }

    private Json wide() {
        return new Str(
                new BigDecimal(new BigInteger(1 + random.nextInt(120), random), random.nextInt(12)).toPlainString());
    }

    private Json orNull(Json json) {
        return random.nextInt(4) == 0 ? new Null() : json;
    }

    private static Arr array(int count, Supplier<Json> element) {
        List<Json> elements = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            elements.add(element.get());
        }
        return new Arr(elements);
    }

    private static Obj object(Object... namesAndValues) {
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            members.add(new Member((String) namesAndValues[i], (Json) namesAndValues[i + 1]));
        }
        return new Obj(members);
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
