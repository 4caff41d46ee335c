package dev.millrace.quality;

import dev.millrace.market.Timeframe;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether a consumer may rely on an asset: Q ≥ .95 over the window, ≥ 1,000 closed bars, the longest gap that nothing fills
 * ≤ 5 buckets, aligned = 1, the newest closed bar at most 2 timeframes old.
 *
 * @param reasons why not, each a line; none when it is ready
 */
public record Readiness(List<String> reasons) {

    private static final double LEAST_Q = .95;
    private static final long LEAST_BARS = 1_000;
    private static final int MOST_GAP_BUCKETS = 5;
    private static final int MOST_AGE_BUCKETS = 2;

    public Readiness {
        reasons = List.copyOf(reasons);
    }

    public boolean isReady() {
        return reasons.isEmpty();
    }

    /**
     * Judges a window.
     *
     * @param ageMs from the end of the newest closed bar until now
     */
    public static Readiness of(Timeframe timeframe, Measures window, long ageMs) {
        Score score = Score.of(window);
        List<String> reasons = new ArrayList<>();
        if (score.q() < LEAST_Q) {
            reasons.add(words("quality %.4f is below %.2f", score.q(), LEAST_Q));
        }
        if (window.rows() < LEAST_BARS) {
            reasons.add(words("%,d closed bars of %s are fewer than %,d", window.rows(), timeframe, LEAST_BARS));
        }
        double bucketSeconds = timeframe.millis() / 1e3;
        if (window.longestUnrepairedSeconds() > MOST_GAP_BUCKETS * bucketSeconds) {
            reasons.add(words(
                    "a gap of %,.0f s is longer than %d bars", window.longestUnrepairedSeconds(), MOST_GAP_BUCKETS));
        }
        if (score.aligned() < 1) {
            reasons.add(words(
                    "%,d bars differ from the roll-up of finer ones", window.buckets() - window.alignedBuckets()));
        }
        if (ageMs > MOST_AGE_BUCKETS * timeframe.millis()) {
            reasons.add(words("the newest closed bar is %,d s old, more than %d bars", ageMs / 1000, MOST_AGE_BUCKETS));
        }
        return new Readiness(reasons);
    }

    private static String words(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
