package dev.millrace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.freshness.FreshnessReport;
import dev.millrace.freshness.FreshnessReport.Subject;
import dev.millrace.freshness.StreamState;
import dev.millrace.metrics.Counters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Trades that do not come are a problem; what else is mute is a warning; what is only unwitnessed is a figure. */
class StreamHealthTest {

    private final List<Subject> unhealthy = new ArrayList<>();

    @Test
    void shouldTellProblemsFromWarnings() {
        add("BTC", "trades", StreamState.MUTE);
        add("ETH", "trades", StreamState.UNWITNESSED);
        add("SOL", "l2Book", StreamState.MUTE);
        FreshnessReport report = report(Map.of(4, 61_400L), List.of("trades on connection 3: gated"));
        assertEquals(
                List.of(
                        "trades of BTC is mute on connection 3: why",
                        "connection 4 is lagging: what it brings is 61 s older than usual",
                        "trades on connection 3: gated"),
                StreamHealth.problems(report));
        assertEquals(List.of("l2Book of SOL is mute on connection 3: why"), StreamHealth.warnings(report));
    }

    @Test
    void shouldBoundTheList() {
        for (int i = 0; i < 200; i++) {
            add("C" + i, "bbo", StreamState.SLOW);
        }
        List<String> warnings = StreamHealth.warnings(report(Map.of(), List.of()));
        assertEquals(21, warnings.size());
        assertEquals("180 more subscriptions are like that", warnings.get(20));
    }

    @Test
    void shouldShowTheMeasuredCadence() {
        Map<String, Object> figures = StreamHealth.figures(report(Map.of(), List.of()), new Counters());
        assertEquals(5_360L, figures.get("cadence_l2Book_ms"));
        assertEquals(7L, figures.get("live"));
        assertEquals(0L, figures.get("mute"));
    }

    private void add(String coin, String channel, StreamState state) {
        unhealthy.add(new Subject(coin, channel, 3, state, "why"));
    }

    private FreshnessReport report(Map<Integer, Long> lagging, List<String> gated) {
        return new FreshnessReport(Map.of(StreamState.LIVE, 7), unhealthy, Map.of("l2Book", 5_360L), lagging, gated);
    }
}
