package dev.millrace.benchmarks.faults;

import java.util.List;

/**
 * The daemon at one moment, from the outside.
 *
 * @param atMs since 1970
 * @param subscriptions wanted
 * @param acknowledged of them
 * @param live streams that are
 * @param ill streams that are mute, slow or wait for their first data
 * @param problems of {@code /health}
 * @param warnings of {@code /health}
 */
record Look(
        long atMs,
        long subscriptions,
        long acknowledged,
        long live,
        long ill,
        List<String> problems,
        List<String> warnings) {

    /** Every subscription is live, and nothing is wrong. */
    boolean isWell() {
        return problems.isEmpty() && acknowledged == subscriptions && live >= subscriptions && ill == 0;
    }

    /** Whether a problem or a warning has these words. */
    boolean says(Sign sign) {
        return problems.stream().anyMatch(sign::isIn) || warnings.stream().anyMatch(sign::isIn);
    }
}
