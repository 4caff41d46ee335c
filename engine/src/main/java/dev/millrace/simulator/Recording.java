package dev.millrace.simulator;

import java.util.Objects;

/**
 * A recording to play instead of the simulated market.
 *
 * @param source opens it
 * @param speed times the recorded pace; infinite for as fast as the socket drains. Messages without a receive time do
 *     not wait
 * @param loop whether it begins again after its end
 */
public record Recording(RecordedFrames.Source source, double speed, boolean loop) {

    public Recording {
        Objects.requireNonNull(source, "source");
        if (!(speed > 0)) {
            throw new IllegalArgumentException("speed " + speed + " must be above 0");
        }
    }

    /**
     * Reads {@code max} or a factor such as {@code 1x} or {@code 10x}.
     *
     * @throws IllegalArgumentException with what would be valid
     */
    public static double parseSpeed(String text) {
        if (text.equals("max")) {
            return Double.POSITIVE_INFINITY;
        }
        String number = text.endsWith("x") ? text.substring(0, text.length() - 1) : text;
        if (!number.matches("[0-9]{1,6}(\\.[0-9]{1,6})?") || Double.parseDouble(number) == 0) {
            throw new IllegalArgumentException("speed '" + text + "': write 1x, 10x, 0.5x or max");
        }
        return Double.parseDouble(number);
    }

    boolean paced() {
        return speed != Double.POSITIVE_INFINITY;
    }
}
