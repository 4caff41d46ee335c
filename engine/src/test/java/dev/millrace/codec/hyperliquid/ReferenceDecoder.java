package dev.millrace.codec.hyperliquid;

import dev.millrace.codec.hyperliquid.Json.Arr;
import dev.millrace.codec.hyperliquid.Json.Bool;
import dev.millrace.codec.hyperliquid.Json.Null;
import dev.millrace.codec.hyperliquid.Json.Num;
import dev.millrace.codec.hyperliquid.Json.Obj;
import dev.millrace.codec.hyperliquid.Json.Str;
import dev.millrace.market.AssetContext.Field;
import dev.millrace.market.Channel;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;

/** The same rules over Jackson's tree and BigDecimal, written for clearness alone. */
final class ReferenceDecoder {

    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?");
    private static final Pattern EXPONENT = Pattern.compile(NUMBER + "[eE][+-]?[0-9]+");
    private static final BigDecimal MAX_LONG = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final Map<String, Long> INTERVAL_MINUTES = Map.ofEntries(
            Map.entry("1m", 1L),
            Map.entry("3m", 3L),
            Map.entry("5m", 5L),
            Map.entry("15m", 15L),
            Map.entry("30m", 30L),
            Map.entry("1h", 60L),
            Map.entry("2h", 120L),
            Map.entry("4h", 240L),
            Map.entry("8h", 480L),
            Map.entry("12h", 720L),
            Map.entry("1d", 1_440L),
            Map.entry("3d", 4_320L),
            Map.entry("1w", 0L),
            Map.entry("1M", 0L));
    private static final Set<Channel> ACK_TYPES = EnumSet.of(
            Channel.TRADES, Channel.L2_BOOK, Channel.BBO, Channel.ALL_MIDS, Channel.CANDLE, Channel.ASSET_CONTEXT);

    private final ToIntFunction<String> sizeScale;
    /** Reasons found in the element at hand; any of them may be the one that is counted. */
    private EnumSet<RefusalReason> why = EnumSet.noneOf(RefusalReason.class);

    private List<Set<RefusalReason>> refusals = new ArrayList<>();

    /** @param sizeScale scale of a coin's sizes, by name */
    ReferenceDecoder(ToIntFunction<String> sizeScale) {
        this.sizeScale = sizeScale;
    }

    /** For each refused element of the last frame, the reasons that are right. */
    List<Set<RefusalReason>> refusals() {
        return refusals;
    }

    Outcome decode(byte[] bytes, int length) {
        refusals = new ArrayList<>();
        why = EnumSet.noneOf(RefusalReason.class);
        Json json;
        try {
            json = Json.parse(bytes, length);
        } catch (IOException notJson) {
            return nothing(Channel.NOT_A_MESSAGE);
        }
        if (!(json instanceof Obj message
                && message.get("channel") instanceof Str name
                && message.all("data").size() < 2)) {
            return nothing(Channel.NOT_A_MESSAGE);
        }
        Channel channel = Arrays.stream(Channel.values())
                .filter(known -> !known.wireName().isEmpty() && known.wireName().equals(name.text()))
                .findFirst()
                .orElse(Channel.UNKNOWN);
        return decode(channel, message.get("data"));
    }

    private Outcome decode(Channel channel, Json data) {
        List<String> lines = switch (channel) {
            case TRADES -> trades(data);
            case ALL_MIDS -> mids(data);
            case L2_BOOK -> whole(book(data, "levels"));
            case BBO -> whole(book(data, "bbo"));
            case CANDLE -> whole(candle(data));
            case ASSET_CONTEXT, SPOT_ASSET_CONTEXT -> whole(context(data, channel));
            case ACK -> whole(ack(data));
            case PONG, ERROR, UNKNOWN, NOT_A_MESSAGE -> List.of("nothing");
        };
        return new Outcome(channel, lines, refusals.size());
    }

    private static Outcome nothing(Channel channel) {
        return new Outcome(channel, List.of("nothing"), 0);
    }

    private List<String> whole(List<String> lines) {
        return closeElement() ? lines : List.of();
    }

    /** Ends an element; false when it is refused. */
    private boolean closeElement() {
        if (why.isEmpty()) {
            return true;
        }
        refusals.add(why);
        why = EnumSet.noneOf(RefusalReason.class);
        return false;
    }

    private List<String> trades(Json data) {
        List<String> lines = new ArrayList<>();
        if (!(data instanceof Arr array)) {
            wrongType(data);
            closeElement();
            return lines;
        }
        for (Json element : array.elements()) {
            String line = trade(element);
            if (closeElement()) {
                lines.add(line);
            }
        }
        return lines;
    }

    private String trade(Json element) {
        Obj trade = object(element, Set.of("coin", "side", "px", "sz", "time", "tid", "hash", "users"));
        String coin = coin(field(trade, "coin"));
        String side = text(field(trade, "side"));
        if (!Set.of("A", "B").contains(side)) {
            why.add(RefusalReason.SIDE);
        }
        return String.join(
                " ",
                coin,
                side.equals("B") ? "buy" : "sell",
                price(field(trade, "px")),
                size(field(trade, "sz"), coin),
                time(field(trade, "time")),
                count(field(trade, "tid")));
    }

    private List<String> mids(Json data) {
        Obj frame = object(data, Set.of("mids", "dex"));
        if (!(field(frame, "mids") instanceof Obj)) {
            wrongType(frame.get("mids"));
        }
        List<String> lines = new ArrayList<>();
        Set<String> coins = new HashSet<>();
        frame.all("mids").forEach(mids -> lines.addAll(midsOf(mids, coins)));
        return closeElement() ? lines : List.of();
    }

    private List<String> midsOf(Json mids, Set<String> coins) {
        List<String> lines = new ArrayList<>();
        EnumSet<RefusalReason> frame = why;
        if (mids instanceof Obj entries) {
            for (Json.Member entry : entries.members()) {
                why = EnumSet.noneOf(RefusalReason.class);
                String coin = coin(new Str(entry.name()));
                String line = coin + " " + price(entry.value());
                if (why.isEmpty() && !coins.add(coin)) {
                    why.add(RefusalReason.DUPLICATE);
                }
                if (closeElement()) {
                    lines.add(line);
                }
            }
        }
        why = frame;
        return lines;
    }

    private List<String> book(Json data, String sides) {
        boolean deep = sides.equals("levels");
        Obj book = object(data, deep ? Set.of("coin", "time", sides, "fast", "spread") : Set.of("coin", "time", sides));
        String coin = coin(field(book, "coin"));
        Json fast = deep ? book.get("fast") : null;
        flag(fast);
        List<String> lines = new ArrayList<>();
        boolean isFast = fast instanceof Bool flag && flag.value();
        lines.add(coin + " " + time(field(book, "time")) + " fast " + isFast);
        List<Json> pair = List.of();
        if (field(book, sides) instanceof Arr array) {
            pair = array.elements();
        } else {
            wrongType(book.get(sides));
        }
        if (pair.size() != 2) {
            why.add(RefusalReason.WRONG_TYPE);
        }
        BigDecimal bid = pair.isEmpty() ? null : side(pair.get(0), sides, "bid", coin, lines);
        BigDecimal ask = pair.size() < 2 ? null : side(pair.get(1), sides, "ask", coin, lines);
        if (bid != null && ask != null && bid.compareTo(ask) >= 0) {
            why.add(RefusalReason.CROSSED);
        }
        return lines;
    }

    /** Adds a side's lines; gives its best price. */
    private BigDecimal side(Json side, String sides, String label, String coin, List<String> lines) {
        List<Json> levels = List.of();
        if (sides.equals("bbo")) {
            levels = side instanceof Null ? List.of() : List.of(side);
        } else if (side instanceof Arr array) {
            levels = array.elements();
        } else {
            wrongType(side);
        }
        BigDecimal best = null;
        BigDecimal last = null;
        for (Json element : levels) {
            Obj level = object(element, Set.of("px", "sz", "n"));
            String price = price(field(level, "px"));
            String size = size(field(level, "sz"), coin);
            String orders = count(field(level, "n"));
            if (new BigDecimal(orders).compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) > 0) {
                why.add(RefusalReason.OVERFLOW);
            }
            lines.add(label + " " + price + " " + size + " " + orders);
            BigDecimal value = new BigDecimal(price);
            if (last != null && last.compareTo(value) * (label.equals("bid") ? 1 : -1) <= 0) {
                why.add(RefusalReason.UNSORTED);
            }
            best = best == null ? value : best;
            last = value;
        }
        return best;
    }

    private List<String> candle(Json data) {
        Obj candle = object(data, Set.of("t", "T", "s", "i", "o", "c", "h", "l", "v", "n"));
        String interval = text(field(candle, "i"));
        if (!INTERVAL_MINUTES.containsKey(interval)) {
            why.add(RefusalReason.INTERVAL);
        }
        String start = time(field(candle, "t"));
        String end = time(field(candle, "T"));
        if (new BigDecimal(end).compareTo(new BigDecimal(start)) < 0) {
            why.add(RefusalReason.TIME);
        }
        return List.of(String.join(
                " ",
                coin(field(candle, "s")),
                interval,
                String.valueOf(INTERVAL_MINUTES.getOrDefault(interval, 0L) * 60_000),
                start,
                end,
                price(field(candle, "o")),
                price(field(candle, "h")),
                price(field(candle, "l")),
                price(field(candle, "c")),
                wide(field(candle, "v"), false),
                count(field(candle, "n"))));
    }

    private List<String> context(Json data, Channel channel) {
        boolean spot = channel == Channel.SPOT_ASSET_CONTEXT;
        Obj frame = object(data, Set.of("coin", "ctx"));
        Set<String> required = spot
                ? Set.of("prevDayPx", "dayNtlVlm", "markPx")
                : Set.of("funding", "openInterest", "prevDayPx", "dayNtlVlm", "oraclePx", "markPx");
        Set<String> optional = spot
                ? Set.of("midPx", "circulatingSupply", "dayBaseVlm")
                : Set.of("premium", "midPx", "dayBaseVlm", "impactPxs");
        Set<String> all = new HashSet<>(required);
        all.addAll(optional);
        all.addAll(spot ? Set.of("coin", "totalSupply") : Set.of());
        List<String> lines = new ArrayList<>();
        lines.add(coin(field(frame, "coin")) + " spot " + spot);
        Obj context = object(field(frame, "ctx"), all);
        for (Field field : Field.values()) {
            String name = field.wireName();
            String value = "-";
            if (required.contains(name)) {
                value = wide(field(context, name), name.equals("funding"));
            } else if (optional.contains(name) && isPresent(context.get(name))) {
                value = wide(context.get(name), name.equals("premium"));
            } else if (name.startsWith("impactPxs") && optional.contains("impactPxs")) {
                value = impact(context.get("impactPxs"), field == Field.IMPACT_BID ? 0 : 1);
            }
            lines.add(name + " " + value);
        }
        return lines;
    }

    private String impact(Json pair, int index) {
        if (!isPresent(pair)) {
            return "-";
        }
        if (pair instanceof Arr array && array.elements().size() == 2) {
            return wide(array.elements().get(index), false);
        }
        why.add(RefusalReason.WRONG_TYPE);
        if (pair instanceof Arr array) {
            array.elements().stream().limit(2).forEach(element -> wide(element, false));
        }
        return "-";
    }

    private List<String> ack(Json data) {
        Obj frame = object(data, Set.of("method", "subscription"));
        String method = text(field(frame, "method"));
        if (!Set.of("subscribe", "unsubscribe").contains(method)) {
            why.add(RefusalReason.METHOD);
        }
        Obj subscription = object(
                field(frame, "subscription"),
                Set.of("type", "coin", "interval", "dex", "fast", "nSigFigs", "mantissa"));
        String type = text(field(subscription, "type"));
        Channel channel = ACK_TYPES.stream()
                .filter(known -> known.wireName().equals(type))
                .findFirst()
                .orElse(Channel.UNKNOWN);
        boolean hasCoin = channel != Channel.UNKNOWN && channel != Channel.ALL_MIDS;
        String coin = hasCoin || !subscription.all("coin").isEmpty() ? coin(field(subscription, "coin")) : "-";
        String interval = "";
        if (channel == Channel.CANDLE || !subscription.all("interval").isEmpty()) {
            interval = text(field(subscription, "interval"));
            if (!INTERVAL_MINUTES.containsKey(interval)) {
                why.add(RefusalReason.INTERVAL);
            }
        }
        flag(subscription.get("fast"));
        String dex = isPresent(subscription.get("dex")) ? text(subscription.get("dex")) : "";
        boolean fast = subscription.get("fast") instanceof Bool flag && flag.value();
        return List.of(String.join(
                " ",
                String.valueOf(method.equals("subscribe")),
                channel.name(),
                hasCoin ? coin : "-",
                String.valueOf(fast),
                "[" + interval + "]",
                "[" + dex + "]"));
    }

    private Obj object(Json json, Set<String> known) {
        if (!(json instanceof Obj object)) {
            wrongType(json);
            return new Obj(List.of());
        }
        if (known.stream().anyMatch(name -> object.all(name).size() > 1)) {
            // Which reason is first depends on the values that are not looked at here.
            why.addAll(EnumSet.allOf(RefusalReason.class));
        }
        return object;
    }

    private Json field(Obj owner, String name) {
        if (owner.all(name).isEmpty()) {
            why.add(RefusalReason.MISSING);
        }
        return owner.get(name);
    }

    private static boolean isPresent(Json json) {
        return json != null && !(json instanceof Null);
    }

    private void wrongType(Json json) {
        if (json == null) {
            why.add(RefusalReason.MISSING);
        } else {
            why.addAll(json instanceof Null ? EnumSet.of(RefusalReason.NULL) : EnumSet.of(RefusalReason.WRONG_TYPE));
        }
    }

    private void flag(Json json) {
        if (isPresent(json) && !(json instanceof Bool)) {
            why.add(RefusalReason.WRONG_TYPE);
        }
    }

    private String text(Json json) {
        if (json instanceof Str string) {
            return hasHalfPair(string.text()) ? "" : string.text();
        }
        wrongType(json);
        return "";
    }

    private String coin(Json json) {
        String name = text(json);
        if (name.isEmpty() || name.chars().anyMatch(c -> c < ' ' || c == 0x7F)) {
            why.add(RefusalReason.COIN);
        }
        return name;
    }

    private static boolean hasHalfPair(String text) {
        return !StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    /** A number, or zero with the reason why there is none. */
    private BigDecimal number(Json json) {
        String text = json instanceof Num number ? number.text() : json instanceof Str string ? text(string) : null;
        if (text == null) {
            wrongType(json);
        } else if (text.isEmpty()) {
            why.add(RefusalReason.EMPTY);
        } else if (NUMBER.matcher(text).matches()) {
            return new BigDecimal(text);
        } else {
            boolean exponent = EXPONENT.matcher(text).matches();
            why.add(exponent ? RefusalReason.EXPONENT : RefusalReason.NUMBER);
        }
        return BigDecimal.ZERO;
    }

    private void checkFits(BigDecimal value, int scale) {
        if (value.scale() > scale) {
            why.add(RefusalReason.DECIMALS);
        }
        BigDecimal digits = new BigDecimal(value.unscaledValue()).abs();
        if (value.abs().movePointRight(scale).max(digits).compareTo(MAX_LONG) > 0) {
            why.add(RefusalReason.OVERFLOW);
        }
    }

    private String price(Json json) {
        BigDecimal value = number(json);
        checkFits(value, 8);
        if (value.signum() <= 0) {
            why.add(RefusalReason.PRICE);
        }
        return Outcome.plain(value);
    }

    private String size(Json json, String coin) {
        BigDecimal value = number(json);
        int scale = sizeScale.applyAsInt(coin);
        checkFits(value, scale);
        if (value.signum() <= 0) {
            why.add(RefusalReason.SIZE);
        }
        return Outcome.plain(value) + "/" + scale;
    }

    private String count(Json json) {
        BigDecimal value = number(json);
        checkFits(value, 0);
        if (value.signum() < 0) {
            why.add(RefusalReason.NEGATIVE);
        }
        return Outcome.plain(value);
    }

    private String time(Json json) {
        String time = count(json);
        if (new BigDecimal(time).signum() <= 0 || new BigDecimal(time).compareTo(BigDecimal.valueOf(1L << 53)) >= 0) {
            why.add(RefusalReason.TIME);
        }
        return time;
    }

    private String wide(Json json, boolean signed) {
        BigDecimal value = number(json);
        if (value.scale() > 38) {
            why.add(RefusalReason.DECIMALS);
        }
        if (value.precision() > 38) {
            why.add(RefusalReason.OVERFLOW);
        }
        if (!signed && value.signum() < 0) {
            why.add(RefusalReason.NEGATIVE);
        }
        return Outcome.plain(value);
    }
}
