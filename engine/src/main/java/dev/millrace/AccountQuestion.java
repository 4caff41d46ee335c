package dev.millrace;

import dev.millrace.codec.hyperliquid.AccountAddress;
import dev.millrace.store.RefusedException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is asked of an account.
 *
 * @param dex a builder-deployed exchange, of summary, positions and orders; empty for the venue's own
 * @param from of fills and funding; a day before the end when empty
 * @param to exclusive; the venue's time when empty
 */
public record AccountQuestion(
        AccountAddress address, AccountPart part, String dex, Optional<Instant> from, Optional<Instant> to) {

    /** Said where the settings do not allow the question. */
    public static final String OFF = "account information is off; rest.account-info = true turns it on";

    private static final Pattern DEX = Pattern.compile("[a-z0-9]{0,32}");

    /** @throws RefusedException when the stretch of time is none, or nothing of that kind is told of one exchange */
    public AccountQuestion {
        if (!DEX.matcher(dex).matches()) {
            throw new RefusedException("'" + dex
                    + "' is no exchange's name; they are of small letters and digits, as before the colon of xyz:TSLA");
        }
        if (!dex.isEmpty() && !part.isOfOneExchange()) {
            throw new RefusedException(part.label() + " are of all exchanges at once; of " + dex
                    + " alone there are summary, positions and orders");
        }
        if (from.isPresent() && from.get().toEpochMilli() < 0) {
            throw new RefusedException("the venue takes no time before 1970, such as " + from.get());
        }
        if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
            throw new RefusedException("from " + from.get() + " must be before to " + to.get());
        }
    }

    /** At the venue's own exchange. */
    public AccountQuestion(AccountAddress address, AccountPart part, Optional<Instant> from, Optional<Instant> to) {
        this(address, part, "", from, to);
    }

    /** As it goes over the control socket. */
    public Map<String, Object> request() {
        Map<String, Object> request = new HashMap<>();
        request.put("command", "account");
        request.put("address", address.text());
        request.put("part", part.label());
        request.put("dex", dex);
        from.ifPresent(time -> request.put("from_ms", time.toEpochMilli()));
        to.ifPresent(time -> request.put("to_ms", time.toEpochMilli()));
        return request;
    }

    /** @throws RefusedException when it is no such request */
    static AccountQuestion of(Map<String, Object> request) {
        String part = String.valueOf(request.get("part"));
        return new AccountQuestion(
                address(String.valueOf(request.get("address"))),
                AccountPart.of(part)
                        .orElseThrow(() -> new RefusedException(
                                "'" + part + "' is no part of an account; there are " + AccountPart.labels())),
                request.get("dex") instanceof String dex ? dex : "",
                time(request, "from_ms"),
                time(request, "to_ms"));
    }

    private static AccountAddress address(String text) {
        try {
            return new AccountAddress(text);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(e.getMessage());
        }
    }

    private static Optional<Instant> time(Map<String, Object> request, String name) {
        return request.get(name) instanceof Number ms
                ? Optional.of(Instant.ofEpochMilli(ms.longValue()))
                : Optional.empty();
    }
}
