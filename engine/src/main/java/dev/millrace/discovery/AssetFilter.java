package dev.millrace.discovery;

import dev.millrace.config.MembershipConfig;
import dev.millrace.config.UniverseConfig;
import dev.millrace.market.AssetMeasures;
import dev.millrace.market.AssetScores;
import dev.millrace.market.AssetVerdict;
import dev.millrace.market.Instrument;
import dev.millrace.market.Standing;
import dev.millrace.market.UniverseDecision;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The daily decision: measures, gates, scores, ranking, membership. Pure: it knows what it is given and no clock. It fails
 * closed: where nothing was read, nothing changes.
 */
final class AssetFilter {

    private static final Comparator<AssetVerdict> RANKED_FIRST = Comparator.comparingInt(
                    (AssetVerdict verdict) -> verdict.rank() == 0 ? Integer.MAX_VALUE : verdict.rank())
            .thenComparing(AssetVerdict::symbol);

    private final UniverseConfig config;
    private final Gates gates;
    private final Scores scores;
    private final Hysteresis hysteresis;

    AssetFilter(UniverseConfig config) {
        this.config = config;
        gates = new Gates(config.gates(), config.scores());
        scores = new Scores(config.scores());
        hysteresis = new Hysteresis(config.members());
    }

    /**
     * Decides about the coins that were read, against the decision before. A coin of that decision of which nothing was
     * read keeps its standing.
     *
     * @param before the last decision; one without verdicts when there is none
     * @param assets what was read, one entry a coin; empty when the venue could not be read, and then nothing changes
     * @param atMs as of when, ms since 1970
     */
    public UniverseDecision decide(UniverseDecision before, List<AssetInputs> assets, long atMs) {
        if (assets.isEmpty()) {
            return new UniverseDecision(atMs, "nothing was read of the venue: nothing changes", before.verdicts());
        }
        List<Judged> judged = assets.stream().map(asset -> judge(asset, atMs)).toList();
        Ranking ranking = new Ranking(
                judged.stream()
                        .filter(Judged::isEligible)
                        .map(Judged::candidate)
                        .toList(),
                config.gates(),
                config.members());
        Map<String, AssetVerdict> verdicts = remembered(before);
        for (Judged coin : judged) {
            AssetVerdict last = verdicts.get(coin.name());
            verdicts.put(coin.name(), verdict(coin, ranking, last == null ? Standing.OUTSIDE : last.standing()));
        }
        List<AssetVerdict> ordered = new ArrayList<>(verdicts.values());
        ordered.sort(RANKED_FIRST);
        return new UniverseDecision(atMs, note(judged, ordered), ordered);
    }

    /** Whether the venue's list leaves open what becomes of the coin: otherwise its candles and books say nothing more. */
    boolean isWorthReading(Instrument instrument) {
        return gates.listing(instrument).isEmpty();
    }

    private static Map<String, AssetVerdict> remembered(UniverseDecision before) {
        Map<String, AssetVerdict> verdicts = new TreeMap<>();
        for (AssetVerdict verdict : before.verdicts()) {
            if (!verdict.standing().equals(Standing.OUTSIDE)) {
                verdicts.put(verdict.symbol(), kept(verdict));
            }
        }
        return verdicts;
    }

    private Judged judge(AssetInputs asset, long atMs) {
        DayHistory days = new DayHistory(asset.candles(), TimeUnit.MILLISECONDS.toDays(atMs), config.gates());
        AssetMeasures measures = new AssetMeasures(
                asset.instrument().maxLeverage(),
                asset.openInterestUsd(),
                days.measures(),
                BookSamples.measures(asset.books()));
        List<String> failures = gates.failures(asset.instrument(), measures);
        AssetScores score = failures.isEmpty() ? scores.of(measures) : AssetScores.NONE;
        return new Judged(asset.instrument(), measures, score, failures, days.returns());
    }

    private AssetVerdict verdict(Judged coin, Ranking ranking, Standing before) {
        int rank = ranking.rank(coin.name());
        Standing standing = standing(coin, rank, before);
        String leftOut = ranking.whyLeftOut(coin.name());
        String why = leftOut == null ? String.join("; ", coin.failures()) : leftOut;
        String found = rank > 0 ? "rank " + rank : why;
        return new AssetVerdict(
                coin.name(), coin.measures(), coin.scores(), rank, standing, found + change(before, standing));
    }

    private Standing standing(Judged coin, int rank, Standing before) {
        if (coin.instrument().delisted()) {
            return hysteresis.afterDelisting();
        }
        return coin.isEligible() ? hysteresis.afterRank(before, rank) : hysteresis.afterFailure(before);
    }

    private String change(Standing before, Standing after) {
        MembershipConfig members = config.members();
        if (after.member() != before.member()) {
            return after.member() ? ": enters" : ": leaves";
        }
        if (!after.member()) {
            return after.entering() > 0 ? progress("enters", after.entering(), members.enterAfter()) : "";
        }
        if (after.failing() > 0) {
            return progress("leaves", after.failing(), members.failAfter());
        }
        return after.leaving() > 0 ? progress("leaves", after.leaving(), members.leaveAfter()) : "";
    }

    private static String progress(String what, int now, int after) {
        return ": " + what + " after " + after + " such decisions running, this is number " + now;
    }

    private static AssetVerdict kept(AssetVerdict verdict) {
        return new AssetVerdict(
                verdict.symbol(), verdict.measures(), AssetScores.NONE, 0, verdict.standing(), "not read: unchanged");
    }

    private static String note(List<Judged> judged, List<AssetVerdict> verdicts) {
        long eligible = judged.stream().filter(Judged::isEligible).count();
        long members =
                verdicts.stream().filter(verdict -> verdict.standing().member()).count();
        String counted = eligible + " of " + judged.size() + " coins eligible, " + members + " members";
        return eligible > 0 ? counted : counted + "; most often: " + commonest(judged);
    }

    /** The gate that keeps out most coins, by the first words of its reason. */
    private static String commonest(List<Judged> judged) {
        Map<String, Integer> counts = new HashMap<>();
        judged.forEach(coin -> coin.failures().forEach(reason -> counts.merge(subject(reason), 1, Integer::sum)));
        return counts.entrySet().stream()
                .max(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(entry -> entry.getKey() + " (" + entry.getValue() + " coins)")
                .orElseThrow();
    }

    private static String subject(String reason) {
        String plain = reason.replaceAll("[0-9][0-9,.]*", "…");
        return plain.contains(", needs") ? plain.substring(0, plain.indexOf(", needs")) : plain;
    }

    private record Judged(
            Instrument instrument,
            AssetMeasures measures,
            AssetScores scores,
            List<String> failures,
            DailyReturns returns) {

        String name() {
            return instrument.name();
        }

        boolean isEligible() {
            return failures.isEmpty();
        }

        Candidate candidate() {
            return new Candidate(name(), measures.days().volumeUsd(), scores.composite(), returns);
        }
    }
}
