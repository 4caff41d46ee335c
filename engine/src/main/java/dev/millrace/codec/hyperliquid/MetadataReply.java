package dev.millrace.codec.hyperliquid;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A value of a metadata reply together with where it stands, so that each error can say so.
 *
 * @param path for example {@code metaAndAssetCtxs[0].universe[3].name}
 * @param value as dsl-json reads it: a map, a list, a string, a number, a boolean or null
 */
record MetadataReply(String path, Object value) {

    private static final int SHOWN_BYTES = 80;
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,30}(\\.[0-9]{1,30})?");

    boolean isNull() {
        return value == null;
    }

    boolean has(String name) {
        return value instanceof Map<?, ?> map && map.containsKey(name);
    }

    MetadataReply member(String name) throws IOException {
        if (!(value instanceof Map<?, ?> map)) {
            throw expected("an object with " + name);
        }
        if (!map.containsKey(name)) {
            throw new IOException(path + "." + name + " is missing");
        }
        return new MetadataReply(path + "." + name, map.get(name));
    }

    List<MetadataReply> elements() throws IOException {
        if (!(value instanceof List<?> list)) {
            throw expected("an array");
        }
        List<MetadataReply> elements = new ArrayList<>(list.size());
        for (Object element : list) {
            elements.add(new MetadataReply(path + "[" + elements.size() + "]", element));
        }
        return elements;
    }

    MetadataReply element(int at) throws IOException {
        List<MetadataReply> elements = elements();
        if (at >= elements.size()) {
            throw expected("an array of more than " + at + " elements");
        }
        return elements.get(at);
    }

    String name() throws IOException {
        if (value instanceof String text && !text.isBlank()) {
            return text;
        }
        throw expected("a name");
    }

    int integer() throws IOException {
        if (value instanceof Long number && number == number.intValue()) {
            return number.intValue();
        }
        throw expected("an integer");
    }

    boolean flag() throws IOException {
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw expected("true or false");
    }

    /** A whole number, or a time in ms. */
    long whole() throws IOException {
        if (value instanceof Long number) {
            return number;
        }
        throw expected("a whole number");
    }

    /** A time in ms since 1970. */
    long time() throws IOException {
        long ms = whole();
        if (!Fields.isTime(ms)) {
            throw expected("a time in ms since 1970");
        }
        return ms;
    }

    /** The side of a trade or an order. */
    boolean isBuy() throws IOException {
        String side = name();
        if (!side.equals("A") && !side.equals("B")) {
            throw expected("A or B");
        }
        return side.equals("B");
    }

    /** A text, which may be empty. */
    String text() throws IOException {
        if (value instanceof String text) {
            return text;
        }
        throw expected("a text");
    }

    /** A decimal in plain notation, exact; the venue writes it as a string. */
    BigDecimal decimal() throws IOException {
        if (value instanceof String || value instanceof Number) {
            String text = value.toString();
            if (DECIMAL.matcher(text).matches()) {
                return new BigDecimal(text);
            }
        }
        throw expected("a decimal");
    }

    /** A decimal above 0. */
    BigDecimal positive() throws IOException {
        BigDecimal decimal = decimal();
        if (decimal.signum() <= 0) {
            throw expected("above 0");
        }
        return decimal;
    }

    /** A decimal from 0 up. */
    BigDecimal notNegative() throws IOException {
        BigDecimal decimal = decimal();
        if (decimal.signum() < 0) {
            throw expected("0 or more");
        }
        return decimal;
    }

    /** The member, or empty where it is absent or null. */
    Optional<MetadataReply> optional(String name) throws IOException {
        return has(name) && !member(name).isNull() ? Optional.of(member(name)) : Optional.empty();
    }

    /** A decimal that may be absent or null. */
    Optional<BigDecimal> optionalDecimal(String name) throws IOException {
        Optional<MetadataReply> member = optional(name);
        return member.isPresent() ? Optional.of(member.get().decimal()) : Optional.empty();
    }

    /** A number, which the venue writes as a string. */
    double number() throws IOException {
        try {
            double number = value instanceof String || value instanceof Number
                    ? Double.parseDouble(value.toString())
                    : Double.NaN;
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IOException(expected("a number").getMessage(), e);
        }
        throw expected("a number");
    }

    IOException expected(String what) {
        byte[] text = String.valueOf(value).getBytes(StandardCharsets.UTF_8);
        return new IOException(path + " should be " + what + ", but is " + shortened(text, text.length));
    }

    static String shortened(byte[] text, int length) {
        String shown = new String(text, 0, Math.min(length, SHOWN_BYTES), StandardCharsets.UTF_8);
        return length > SHOWN_BYTES ? shown + "…" : shown;
    }
}
