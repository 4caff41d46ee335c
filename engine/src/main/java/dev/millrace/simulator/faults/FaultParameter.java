package dev.millrace.simulator.faults;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What can be said about a fault beyond its name.
 *
 * @param name left of the equals sign
 * @param form what the value must be
 * @param words the values allowed of a WORD; else empty
 * @param standard the value where none is given; empty for none
 */
public record FaultParameter(String name, Form form, List<String> words, String standard) {

    private static final List<String> CHANNELS =
            List.of("trades", "l2Book", "bbo", "candle", "activeAssetCtx", "allMids");

    /** What a value must be. */
    public enum Form {
        /** One of a few words. */
        WORD,
        /** {@code 500ms 30s 5m}, above 0. */
        DURATION,
        /** The same, or with a minus before it; not 0. */
        SHIFT,
        /** A whole number above 0. */
        COUNT,
        /** A channel that can be subscribed. */
        CHANNEL,
        /** Any text without a comma. */
        TEXT
    }

    static FaultParameter word(String name, String... words) {
        return new FaultParameter(name, Form.WORD, List.of(words), words[0]);
    }

    static FaultParameter value(String name, Form form, String standard) {
        return new FaultParameter(name, form, List.of(), standard);
    }

    /** As in the list of faults: {@code how=fin|rst}, {@code by=1s}, {@code coin=C}. */
    String usage() {
        if (form == Form.WORD) {
            return name + '=' + String.join("|", words);
        }
        return name + '=' + (standard.isEmpty() ? placeholder() : standard);
    }

    private String placeholder() {
        return form == Form.DURATION ? "D" : name.substring(0, 1).toUpperCase(Locale.ROOT);
    }

    /** Refuses what the form does not allow, with what would be right. */
    void check(String fault, String value) {
        String wanted = switch (form) {
            case WORD -> words.contains(value) ? "" : String.join(" or ", words);
            case DURATION -> isAboveZero(value) ? "" : "a duration such as 500ms or 30s";
            case SHIFT ->
                isAboveZero(value.startsWith("-") ? value.substring(1) : value) ? "" : "a duration such as 30s or -30s";
            case COUNT -> value.matches("[1-9][0-9]{0,8}") ? "" : "a whole number above 0";
            case CHANNEL -> CHANNELS.contains(value) ? "" : String.join(" or ", CHANNELS);
            case TEXT -> value.isEmpty() ? "a text" : "";
        };
        if (!wanted.isEmpty()) {
            throw new IllegalArgumentException(
                    "fault " + fault + ": " + name + "='" + value + "' is not allowed; write " + wanted);
        }
    }

    private static boolean isAboveZero(String value) {
        return Span.isSpan(value) && Span.parse(value).compareTo(Duration.ZERO) > 0;
    }
}
