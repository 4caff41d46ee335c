package dev.millrace.market;

import java.util.List;

/**
 * The day's decision about which coins are worth recording.
 *
 * @param atMs as of when, ms since 1970
 * @param note one sentence that explains the decision as a whole
 * @param verdicts of each coin that was looked at or is a member: the ranked by rank, then the others by name
 */
public record UniverseDecision(long atMs, String note, List<AssetVerdict> verdicts) {

    /** Before the first. */
    public static final UniverseDecision NONE = new UniverseDecision(0, "no decision yet", List.of());

    public UniverseDecision {
        verdicts = List.copyOf(verdicts);
    }

    /** Names of the members: the ranked by rank, then the others by name. */
    public List<String> members() {
        return verdicts.stream()
                .filter(verdict -> verdict.standing().member())
                .map(AssetVerdict::symbol)
                .toList();
    }
}
