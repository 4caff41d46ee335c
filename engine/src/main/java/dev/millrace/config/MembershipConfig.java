package dev.millrace.config;

/**
 * {@code universe.members.*}: how many coins, how unlike each other, and how slowly membership changes.
 *
 * @param size target number of coins, N
 * @param relevance weight of a coin's own score against its likeness to those chosen before it, 0 to 1
 * @param maxCorrelation of two coins whose returns correlate more, the one of less volume is left out
 * @param enterAfter decisions running at rank N or better that make a member
 * @param leaveRank a member beyond this multiple of N is on its way out
 * @param leaveAfter decisions running beyond it that end a membership
 * @param failAfter decisions running with a failed gate that end a membership
 */
public record MembershipConfig(
        int size,
        double relevance,
        double maxCorrelation,
        int enterAfter,
        double leaveRank,
        int leaveAfter,
        int failAfter) {

    public MembershipConfig {
        Check.range("universe.members.size", size, 1, 1000);
        share("universe.members.relevance", relevance);
        share("universe.members.max-correlation", maxCorrelation);
        Check.range("universe.members.enter-after", enterAfter, 1, 100);
        Check.that(leaveRank >= 1 && leaveRank <= 100, "universe.members.leave-rank", leaveRank, "must be 1 to 100");
        Check.range("universe.members.leave-after", leaveAfter, 1, 100);
        Check.range("universe.members.fail-after", failAfter, 1, 100);
    }

    private static void share(String key, double value) {
        Check.that(value >= 0 && value <= 1, key, value, "must be from 0 to 1");
    }
}
