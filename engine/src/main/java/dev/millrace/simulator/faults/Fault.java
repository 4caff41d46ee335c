package dev.millrace.simulator.faults;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One fault and when it acts: {@code NAME[:k=v,…][@AFTER][xN]}.
 *
 * <p>An occasion is whatever the fault could act upon: a data frame that its channel and coin let through, an
 * acknowledgement, an attempt to connect, a request. AFTER as a duration is the time since the exchange began to listen;
 * as a bare number it is that many occasions that pass untouched. Then it takes N occasions, over all sockets; without
 * xN one or all of them, as the list of faults says. {@code for} ends it that long after its beginning.
 *
 * @param kind what happens
 * @param parameters those given, checked
 * @param after since the start of the exchange; zero with occasions
 * @param afterOccasions that pass first
 * @param times occasions it takes; {@link #ENDLESS} for all
 */
public record Fault(FaultKind kind, Map<String, String> parameters, Duration after, long afterOccasions, long times) {

    public static final long ENDLESS = Long.MAX_VALUE;

    private static final Pattern FORM =
            Pattern.compile("([a-z0-9-]+?)(?::([^@]*?))?(?:@([0-9]+(?:ms|s|m|h)?))?(?:x([0-9]{1,9}))?");

    public Fault {
        parameters = Map.copyOf(parameters);
    }

    /**
     * Reads a fault.
     *
     * @throws IllegalArgumentException with what is wrong and what would be right
     */
    public static Fault parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("fault '" + text
                    + "': write NAME[:k=v,…][@AFTER][xN], such as cut:how=rst@5s or mute:coin=BTC@100x3");
        }
        FaultKind kind = FaultKind.named(matcher.group(1));
        String after = matcher.group(3) == null ? "0" : matcher.group(3);
        boolean time = Span.isSpan(after);
        if (kind.place() == FaultKind.Place.EXCHANGE && (matcher.group(4) != null || !(time || after.equals("0")))) {
            throw new IllegalArgumentException("fault " + kind.text() + " happens once at a time; write @5s and no x");
        }
        return new Fault(
                kind,
                parameters(kind, matcher.group(2)),
                time ? Span.parse(after) : Duration.ZERO,
                time ? 0 : number(text, after),
                matcher.group(4) == null ? kind.times() : times(text, matcher.group(4)));
    }

    private static long times(String text, String digits) {
        long times = number(text, digits);
        if (times == 0) {
            throw new IllegalArgumentException("fault '" + text + "': x0 would never act; write x1 or more");
        }
        return times;
    }

    private static long number(String text, String digits) {
        if (digits.length() > 15) {
            throw new IllegalArgumentException("fault '" + text + "': " + digits + " is too many occasions");
        }
        return Long.parseLong(digits);
    }

    private static Map<String, String> parameters(FaultKind kind, String text) {
        Map<String, String> given = new HashMap<>();
        if (text == null) {
            return given;
        }
        for (String pair : text.split(",", -1)) {
            int equals = pair.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException(
                        "fault " + kind.text() + ": '" + pair + "' has no value; write " + kind.usage());
            }
            String name = pair.substring(0, equals);
            String value = pair.substring(equals + 1);
            kind.parameter(name).check(kind.text(), value);
            if (given.put(name, value) != null) {
                throw new IllegalArgumentException("fault " + kind.text() + ": " + name + " is given twice");
            }
        }
        return given;
    }

    /** The same fault so long after the start. */
    Fault at(Duration newAfter) {
        return new Fault(kind, parameters, newAfter, 0, times);
    }

    /** A parameter's value: as given, else the standard one; empty where there is neither. */
    public String text(String parameter) {
        return parameters.getOrDefault(parameter, kind.parameter(parameter).standard());
    }

    public int count(String parameter) {
        return Integer.parseInt(text(parameter));
    }

    /** A duration in ns, with its sign; 0 where none is given. */
    public long nanos(String parameter) {
        String text = text(parameter);
        if (text.isEmpty()) {
            return 0;
        }
        return text.startsWith("-")
                ? -Span.parse(text.substring(1)).toNanos()
                : Span.parse(text).toNanos();
    }

    /** Whether a filter lets this value through; one that is not given lets all. */
    public boolean allows(String filter, String value) {
        String wanted = text(filter);
        return wanted.isEmpty() || wanted.equals(value);
    }

    /** How long it lasts, ns; 0 for as long as there are occasions. */
    public long spanNanos() {
        boolean bounded = kind.parameters().stream().anyMatch(p -> p.name().equals("for"));
        return bounded ? nanos("for") : 0;
    }
}
