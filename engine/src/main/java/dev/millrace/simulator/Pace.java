package dev.millrace.simulator;

/**
 * How fast a socket is fed.
 *
 * @param kind where the frames' timing comes from
 * @param perSecond messages a second over all subscriptions of a connection; 0 unless RATE
 */
public record Pace(Kind kind, double perSecond) {

    /** Where the timing of the frames comes from. */
    public enum Kind {
        /** The shared market at its own speed: every connection sees the same trades. */
        NATURAL,
        /** A fixed rate on each connection. */
        RATE,
        /** As fast as the socket drains, exchange time following the stream. */
        MAX
    }

    public Pace {
        if (kind == Kind.RATE ? !(perSecond > 0 && perSecond <= 1e8) : perSecond != 0) {
            throw new IllegalArgumentException("rate " + perSecond + ": write messages a second above 0, or max");
        }
    }

    /** The market's own pace. */
    public static Pace natural() {
        return new Pace(Kind.NATURAL, 0);
    }

    /** As fast as the socket drains. */
    public static Pace max() {
        return new Pace(Kind.MAX, 0);
    }

    /** This many messages a second on each connection. */
    public static Pace rate(double perSecond) {
        return new Pace(Kind.RATE, perSecond);
    }

    /**
     * Reads {@code max} or messages a second.
     *
     * @throws IllegalArgumentException with what would be valid
     */
    public static Pace parse(String text) {
        if (text.equals("max")) {
            return max();
        }
        try {
            return rate(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("rate '" + text + "': write messages a second above 0, or max", e);
        }
    }
}
