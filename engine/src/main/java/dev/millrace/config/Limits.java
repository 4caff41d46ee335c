package dev.millrace.config;

/**
 * Two limits between which a score goes from nothing to full, or back.
 *
 * @param low the lower one, above 0
 * @param high the upper one, above low
 */
public record Limits(double low, double high) {

    static Limits of(String key, double low, double high) {
        Check.that(low > 0 && Double.isFinite(low), key + ".low", low, "must be above 0");
        Check.that(high > low && Double.isFinite(high), key + ".high", high, "must be above " + key + ".low, " + low);
        return new Limits(low, high);
    }
}
