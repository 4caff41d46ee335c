package dev.millrace.freshness;

import dev.millrace.metrics.Counter;
import dev.millrace.metrics.Counters;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** The newest report in figures: subscriptions by state, cadences by kind. Market thread. */
final class FreshnessGauges {

    private final Map<StreamState, Counter> states = new EnumMap<>(StreamState.class);
    private final Map<StreamKind, Counter> cadences = new EnumMap<>(StreamKind.class);

    FreshnessGauges(Counters counters) {
        for (StreamState state : StreamState.values()) {
            states.put(state, counters.gauge("freshness." + state.label(), "Subscriptions that are " + state.label()));
        }
        for (StreamKind kind : StreamKind.values()) {
            if (kind.clocked()) {
                String name = "freshness.cadence-ms." + kind.label().toLowerCase(Locale.ROOT);
                cadences.put(kind, counters.gauge(name, "Measured time between two frames of a stream"));
            }
        }
    }

    void show(FreshnessReport report) {
        states.forEach((state, gauge) -> gauge.set(report.states().getOrDefault(state, 0)));
        cadences.forEach((kind, gauge) -> {
            Long ms = report.cadenceMs().get(kind.label());
            if (ms != null) {
                gauge.set(ms);
            }
        });
    }
}
