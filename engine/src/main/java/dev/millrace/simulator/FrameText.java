package dev.millrace.simulator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/** Changes to the text of a frame, such as no codec would make. */
final class FrameText {

    private static final Pattern TIME = Pattern.compile("\"(time|t|T)\":([0-9]{13})");
    private static final Pattern OBJECT = Pattern.compile("\\{\"(coin|px|t|mids)\"");
    private static final Pattern PRICE = Pattern.compile("\"(px|o|markPx)\":\"[^\"]*\"");
    private static final Pattern ANY_PRICE = Pattern.compile("\"([^\"]+)\":\"[0-9.]+\"");

    private FrameText() {}

    /** How many trades a frame of trades holds. */
    static int trades(String text) {
        return text.split("\"tid\":", -1).length - 1;
    }

    static String firstTradeTwice(String text) {
        int start = text.indexOf("[{") + 1;
        int end = text.indexOf('}', start) + 1;
        return text.substring(0, end) + ',' + text.substring(start, end) + text.substring(end);
    }

    static String turnedRound(String text) {
        int start = text.indexOf("[{") + 2;
        int end = text.lastIndexOf("}]");
        List<String> elements =
                new ArrayList<>(List.of(text.substring(start, end).split("\\},\\{", -1)));
        Collections.reverse(elements);
        return text.substring(0, start) + String.join("},{", elements) + text.substring(end);
    }

    /** The colon behind {@code data} is gone. */
    static String malformed(String text) {
        return text.replaceFirst("\"data\":", "\"data\"");
    }

    static String halved(String text) {
        return text.substring(0, text.length() / 2);
    }

    /** An object in the place of the field's first value. */
    static String wrongType(String text, String field) {
        Pattern named = Pattern.compile('"' + Pattern.quote(field) + "\":(\"[^\"]*\"|-?[0-9.]+)");
        if (!field.isEmpty()) {
            return named.matcher(text).replaceFirst('"' + field + "\":{}");
        }
        Pattern price = PRICE.matcher(text).find() ? PRICE : ANY_PRICE;
        return price.matcher(text).replaceFirst("\"$1\":{}");
    }

    static String withUnknownKeys(String text) {
        return OBJECT.matcher(text).replaceAll("{\"zz\":[1,{\"a\":null}],\"$1\"");
    }

    static String shifted(String text, long shiftMs) {
        return TIME.matcher(text)
                .replaceAll(match -> '"' + match.group(1) + "\":" + (Long.parseLong(match.group(2)) + shiftMs));
    }

    /** A frame of a channel that nobody knows, of at least this length. */
    static String unknownChannel(int length) {
        String head = "{\"channel\":\"webData9\",\"data\":\"";
        String tail = "\"}";
        return head + "x".repeat(Math.max(1, length - head.length() - tail.length())) + tail;
    }
}
