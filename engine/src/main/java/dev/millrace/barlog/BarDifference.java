package dev.millrace.barlog;

import dev.millrace.market.Decimals;
import java.time.Instant;
import java.util.Optional;
import org.agrona.DirectBuffer;

/**
 * Where a bar that was made again differs from the one that live emitted.
 *
 * @param bar which, in words
 * @param field the first that differs
 * @param logged what live emitted
 * @param made what was made now
 * @param sequence of the journal's record that made it live
 */
public record BarDifference(String bar, String field, String logged, String made, long sequence) {

    private static final String ABSENT = "no bar";

    /** How one field is read as text. */
    @FunctionalInterface
    private interface Reader {
        String text(DirectBuffer record);
    }

    /** One field by name. */
    private record Field(String name, Reader reader) {}

    private static final Field[] FIELDS = {
        new Field("timeframe", BarDifference::timeframe),
        new Field("basis", of -> BarRecord.basis(of).label()),
        new Field("start", of -> Instant.ofEpochMilli(BarRecord.startMs(of)).toString()),
        new Field("revision", of -> Integer.toString(BarRecord.revision(of))),
        new Field("record", of -> Long.toString(BarRecord.sequence(of))),
        new Field("open", of -> price(32, of)),
        new Field("high", of -> price(40, of)),
        new Field("low", of -> price(48, of)),
        new Field("close", of -> price(56, of)),
        new Field("volume", of -> sum(64, Decimals.SCALE, of)),
        new Field("quote_volume", of -> sum(80, 2 * Decimals.SCALE, of)),
        new Field("buy_volume", of -> sum(96, Decimals.SCALE, of)),
        new Field("count", of -> Long.toString(BarRecord.field(112, of))),
        new Field("first_time", of -> Long.toString(BarRecord.field(120, of))),
        new Field("last_time", of -> Long.toString(BarRecord.field(128, of))),
        new Field("complete", of -> Boolean.toString(BarRecord.complete(of))),
        new Field("known_at", of -> Long.toString(BarRecord.field(136, of))),
    };

    /** The first difference of two bars; empty when they are equal. */
    static Optional<BarDifference> between(String loggedSymbol, DirectBuffer logged, String symbol, DirectBuffer made) {
        if (!symbol.equals(loggedSymbol)) {
            return Optional.of(new BarDifference(
                    name(loggedSymbol, logged), "symbol", loggedSymbol, symbol, BarRecord.sequence(logged)));
        }
        if (BarRecord.isSameBar(logged, made)) {
            return Optional.empty();
        }
        for (Field field : FIELDS) {
            String was = field.reader.text(logged);
            String is = field.reader.text(made);
            if (!was.equals(is)) {
                return Optional.of(
                        new BarDifference(name(symbol, logged), field.name, was, is, BarRecord.sequence(logged)));
            }
        }
        return Optional.empty();
    }

    /** Live emitted a bar that was not made again. */
    static BarDifference notMade(String symbol, DirectBuffer logged) {
        return new BarDifference(name(symbol, logged), "bar", "a bar", ABSENT, BarRecord.sequence(logged));
    }

    private static String name(String symbol, DirectBuffer bar) {
        return symbol + " " + timeframe(bar) + " "
                + BarRecord.basis(bar).label() + " " + Instant.ofEpochMilli(BarRecord.startMs(bar)) + " revision "
                + BarRecord.revision(bar);
    }

    /** As it is configured: {@code 1m}, in the largest unit that divides it. */
    private static String timeframe(DirectBuffer bar) {
        long seconds = BarRecord.timeframeMs(bar) / 1_000;
        if (seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds % 3_600 == 0) {
            return seconds / 3_600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }

    private static String price(int at, DirectBuffer from) {
        long price = BarRecord.field(at, from);
        return price == Decimals.NULL_PRICE ? "null" : Decimals.text(price);
    }

    private static String sum(int at, int scale, DirectBuffer from) {
        return Decimals.text(BarRecord.sum(at, from).decimal(scale));
    }

    @Override
    public String toString() {
        return bar + ": " + field + " was " + logged + ", is now " + made + " (record " + sequence + ")";
    }
}
