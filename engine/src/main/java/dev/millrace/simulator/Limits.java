package dev.millrace.simulator;

import java.time.Duration;
import java.util.List;

/**
 * What one address may do; the venue's numbers, or smaller ones for a test. How the venue words its refusals over the
 * WebSocket was never recorded.
 *
 * @param connections WebSockets open at a time; one more is refused with status 429
 * @param connects new WebSockets in a minute; one more is refused with status 429
 * @param subscriptions over all connections; one more gets an error frame
 * @param messages sent by clients in a minute over all connections; one more gets an error frame and is not looked at
 * @param weight of {@code /info} requests in any minute; what would exceed it is refused with status 429
 * @param idle a WebSocket to which nothing was sent for so long is closed
 * @param minute how long a minute is here
 */
public record Limits(
        int connections, int connects, int subscriptions, int messages, int weight, Duration idle, Duration minute) {

    private static final List<String> NAMES = List.of("connections", "connects", "subscriptions", "messages", "weight");

    public Limits {
        if (connections < 1 || connects < 1 || subscriptions < 1 || messages < 1 || weight < 1) {
            throw new IllegalArgumentException("limits must be above 0: " + NAMES);
        }
        if (idle.isNegative() || idle.isZero() || minute.isNegative() || minute.isZero()) {
            throw new IllegalArgumentException("limits idle and minute must be above 0");
        }
    }

    /** As the venue documents them. */
    public static Limits venue() {
        return new Limits(10, 30, 1_000, 2_000, 1_200, Duration.ofSeconds(60), Duration.ofMinutes(1));
    }

    /** None but the 60 s that a silent socket is kept. */
    public static Limits none() {
        int most = Integer.MAX_VALUE;
        return new Limits(most, most, most, most, most, Duration.ofSeconds(60), Duration.ofMinutes(1));
    }

    /**
     * Reads {@code none}, {@code venue}, or the venue's with others in their place: {@code connects=5,weight=100}.
     *
     * @throws IllegalArgumentException with what would be valid
     */
    public static Limits parse(String text) {
        if (text.equals("none")) {
            return none();
        }
        Limits limits = venue();
        if (text.equals("venue")) {
            return limits;
        }
        for (String pair : text.split(",", -1)) {
            limits = limits.with(pair);
        }
        return limits;
    }

    private Limits with(String pair) {
        String name = pair.replaceFirst("=.*", "");
        if (!NAMES.contains(name) || !pair.matches("[a-z]+=[1-9][0-9]{0,8}")) {
            throw new IllegalArgumentException(
                    "limits '" + pair + "': write none, venue, or NAME=N,… with a name of " + String.join(" ", NAMES));
        }
        int value = Integer.parseInt(pair.substring(name.length() + 1));
        return new Limits(
                name.equals("connections") ? value : connections,
                name.equals("connects") ? value : connects,
                name.equals("subscriptions") ? value : subscriptions,
                name.equals("messages") ? value : messages,
                name.equals("weight") ? value : weight,
                idle,
                minute);
    }

    /** The same in shorter or longer times. */
    public Limits withTimes(Duration newIdle, Duration newMinute) {
        return new Limits(connections, connects, subscriptions, messages, weight, newIdle, newMinute);
    }
}
