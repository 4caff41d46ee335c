package dev.millrace;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What can be asked of an account; each is a table. */
public enum AccountPart {
    /** Value, margin and what can be withdrawn, of perpetuals. */
    SUMMARY,
    POSITIONS,
    BALANCES,
    ORDERS,
    /** Of a stretch of time. */
    FILLS,
    /** Of a stretch of time. */
    FUNDING,
    FEES;

    /** Whether it is asked of one exchange, the venue's own or a builder-deployed one. */
    boolean isOfOneExchange() {
        return this == SUMMARY || this == POSITIONS || this == ORDERS;
    }

    /** As users write it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<AccountPart> of(String label) {
        return Arrays.stream(values())
                .filter(part -> part.label().equals(label))
                .findFirst();
    }

    static String labels() {
        return Arrays.stream(values()).map(AccountPart::label).collect(Collectors.joining(" "));
    }
}
