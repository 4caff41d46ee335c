package dev.millrace.discovery;

import dev.millrace.config.GateConfig;
import dev.millrace.config.MembershipConfig;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The eligible coins by maximal marginal relevance (Carbonell and Goldstein, SIGIR 1998): the next is always the one of the
 * greatest λ · composite − (1 − λ) · max(0, greatest correlation with those before it), so that a good coin comes early, and
 * another just like it late. Of two coins that move as one only the one of greater volume is ranked at all.
 */
final class Ranking {

    private static final Comparator<Candidate> BY_VOLUME =
            Comparator.comparingDouble(Candidate::volumeUsd).reversed().thenComparing(Candidate::name);

    private final GateConfig gates;
    private final MembershipConfig members;
    private final Map<String, Integer> ranks = new LinkedHashMap<>();
    private final Map<String, String> leftOut = new HashMap<>();

    Ranking(List<Candidate> eligible, GateConfig gates, MembershipConfig members) {
        this.gates = gates;
        this.members = members;
        choose(unlike(eligible));
    }

    /** From 1, best first; 0 for a coin that was left out or is none of the eligible. */
    int rank(String name) {
        return ranks.getOrDefault(name, 0);
    }

    /** Why an eligible coin was left out; null for any other. */
    String whyLeftOut(String name) {
        return leftOut.get(name);
    }

    private List<Candidate> unlike(List<Candidate> eligible) {
        List<Candidate> kept = new ArrayList<>();
        for (Candidate candidate : eligible.stream().sorted(BY_VOLUME).toList()) {
            Candidate twin = twin(candidate, kept);
            if (twin == null) {
                kept.add(candidate);
            } else {
                String reason = String.format(
                        Locale.ROOT,
                        "moves as %s, which trades more: correlation %.3f",
                        twin.name(),
                        correlation(candidate, twin));
                leftOut.put(candidate.name(), reason);
            }
        }
        return kept;
    }

    private Candidate twin(Candidate candidate, List<Candidate> kept) {
        for (Candidate other : kept) {
            if (correlation(candidate, other) > members.maxCorrelation()) {
                return other;
            }
        }
        return null;
    }

    /** The candidates come by volume and name, so the first of several equals is the one that a tie prefers. */
    private void choose(List<Candidate> byVolume) {
        List<Candidate> left = new ArrayList<>(byVolume);
        Map<String, Double> likeness = new HashMap<>();
        while (!left.isEmpty()) {
            Candidate best = left.get(0);
            for (Candidate candidate : left) {
                if (relevance(candidate, likeness) > relevance(best, likeness)) {
                    best = candidate;
                }
            }
            left.remove(best);
            ranks.put(best.name(), ranks.size() + 1);
            for (Candidate candidate : left) {
                likeness.merge(candidate.name(), correlation(candidate, best), Math::max);
            }
        }
    }

    private double relevance(Candidate candidate, Map<String, Double> likeness) {
        double like = Math.max(0, likeness.getOrDefault(candidate.name(), 0.0));
        return members.relevance() * candidate.composite() - (1 - members.relevance()) * like;
    }

    private double correlation(Candidate one, Candidate other) {
        return one.returns().correlation(other.returns(), gates.minReturns());
    }
}
