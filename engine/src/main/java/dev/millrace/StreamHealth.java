package dev.millrace;

import dev.millrace.freshness.FreshnessReport;
import dev.millrace.freshness.FreshnessReport.Subject;
import dev.millrace.freshness.StreamState;
import dev.millrace.metrics.Counters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What {@code /health} and {@code millrace status} tell of the subscriptions. Cold. */
final class StreamHealth {

    /** Longer lists are nobody's reading. */
    private static final int LISTED = 20;

    private static final String TRADES = "trades";

    private StreamHealth() {}

    /** What costs data now: trades that do not come, or of which nothing can be derived, and whatever is late. */
    static List<String> problems(FreshnessReport report) {
        List<String> problems = new ArrayList<>(sentences(report, StreamHealth::isProblem));
        report.lagging()
                .forEach((connection, lagMs) -> problems.add("connection " + connection
                        + " is lagging: what it brings is " + Math.round(lagMs / 1e3) + " s older than usual"));
        problems.addAll(report.gated());
        return problems;
    }

    /** The rest of what is mute or slow. What is only unwitnessed is told in figures. */
    static List<String> warnings(FreshnessReport report) {
        return sentences(report, subject -> !isProblem(subject) && subject.state() != StreamState.UNWITNESSED);
    }

    private static boolean isProblem(Subject subject) {
        return subject.channel().equals(TRADES) && subject.state() != StreamState.UNWITNESSED;
    }

    private static List<String> sentences(FreshnessReport report, Predicate<Subject> which) {
        List<Subject> all = report.unhealthy().stream().filter(which).toList();
        List<String> sentences = new ArrayList<>(
                all.stream().limit(LISTED).map(Subject::toString).toList());
        if (all.size() > LISTED) {
            sentences.add(all.size() - LISTED + " more subscriptions are like that");
        }
        return sentences;
    }

    /** For {@code millrace status}. */
    static Map<String, Object> figures(FreshnessReport report, Counters counters) {
        Map<String, Object> figures = new LinkedHashMap<>();
        for (StreamState state : StreamState.values()) {
            figures.put(state.label(), (long) report.states().getOrDefault(state, 0));
        }
        report.cadenceMs().forEach((channel, ms) -> figures.put("cadence_" + channel + "_ms", ms));
        figures.put("found_mute", counters.value("freshness.mutes"));
        figures.put("resubscribed", counters.value("freshness.resubscribes"));
        figures.put("probed", counters.value("freshness.probes"));
        figures.put("connections_replaced", counters.value("freshness.replaces"));
        figures.put("cadence_changes", counters.value("freshness.cadence-changes"));
        figures.put("breaker_openings", counters.value("freshness.breaker-openings"));
        return figures;
    }
}
