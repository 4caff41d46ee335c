package dev.millrace.lake;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * A symbol as the name of a folder, percent-encoded so that every reader of Hive partitions finds the symbol again:
 * {@code PURR%2FUSDC}, {@code %40107}, {@code xyz%3ATSLA}.
 *
 * <p>{@code A-Z a-z 0-9 . _ -} stand as they are, but for letters of unusual case: an upper-case letter in front of the last
 * colon, where the name of a dex stands, and a lower-case letter behind it. So {@code KPEPE} is {@code KPEPE} and
 * {@code kPEPE} is {@code %6BPEPE}. Whatever the case in which a file system keeps or compares names, the letters that stand
 * plainly are known to be lower before the colon and upper behind it: two symbols never share a folder.
 */
final class SymbolFolder {

    /** Of a name, on the usual file systems, with the {@code symbol=} before it. */
    private static final int MOST_CHARACTERS = 255 - "symbol=".length();

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private SymbolFolder() {}

    /** @throws IllegalArgumentException when the symbol is empty or too long for a folder's name */
    static String encode(String symbol) {
        byte[] bytes = symbol.getBytes(StandardCharsets.UTF_8);
        int colon = lastColon(bytes);
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < bytes.length; i++) {
            if (standsPlainly(bytes[i], i < colon)) {
                name.append((char) bytes[i]);
            } else {
                name.append('%').append(HEX.toHexDigits(bytes[i]));
            }
        }
        if (bytes.length == 0 || name.length() > MOST_CHARACTERS) {
            throw new IllegalArgumentException("symbol '" + symbol + "' has no folder: its name would have "
                    + name.length() + " characters; 1 to " + MOST_CHARACTERS + " are possible");
        }
        return name.toString();
    }

    /** The symbol of a folder's name; empty for a name that {@link #encode} never gives. */
    static Optional<String> decode(String name) {
        byte[] bytes = new byte[name.length()];
        int length = 0;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '%' && i + 2 < name.length() && isHex(name, i + 1)) {
                bytes[length++] = (byte) HexFormat.fromHexDigits(name, i + 1, i + 3);
                i += 2;
            } else if (c == '%' || c > 127) {
                return Optional.empty();
            } else {
                bytes[length++] = (byte) c;
            }
        }
        String symbol = new String(bytes, 0, length, StandardCharsets.UTF_8);
        boolean ours =
                length > 0 && name.length() <= MOST_CHARACTERS && encode(symbol).equals(name);
        return ours ? Optional.of(symbol) : Optional.empty();
    }

    private static int lastColon(byte[] bytes) {
        int at = bytes.length - 1;
        while (at >= 0 && bytes[at] != ':') {
            at--;
        }
        return at;
    }

    private static boolean isHex(String name, int at) {
        String digits = name.substring(at, at + 2);
        return digits.chars().allMatch(HexFormat::isHexDigit) && digits.equals(digits.toUpperCase(Locale.ROOT));
    }

    private static boolean standsPlainly(byte b, boolean beforeColon) {
        if (b >= 'a' && b <= 'z') {
            return beforeColon;
        }
        if (b >= 'A' && b <= 'Z') {
            return !beforeColon;
        }
        return (b >= '0' && b <= '9') || b == '.' || b == '_' || b == '-';
    }
}
