package dev.millrace.codec.hyperliquid;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Whose account is asked for: public, no secret. An account's own address, not that of an agent wallet, of which the venue gives
 * an empty account.
 *
 * @param text {@code 0x} and 40 hexadecimal digits, in lower case
 */
public record AccountAddress(String text) {

    private static final Pattern FORM = Pattern.compile("0x[0-9a-f]{40}");

    /**
     * Takes an address in either case.
     *
     * @throws IllegalArgumentException when it is none
     */
    public AccountAddress {
        text = text.toLowerCase(Locale.ROOT);
        if (!FORM.matcher(text).matches()) {
            // Not shown: it may be a private key, which has 64 digits.
            throw new IllegalArgumentException(
                    "an address is 0x and 40 hexadecimal digits, not a text of " + text.length() + " characters");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
