package dev.millrace.bars;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.config.BarsConfig.EmptyBars;
import dev.millrace.market.Basis;
import dev.millrace.market.Timeframe;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What holds for any stream. {@link EmittedBars} checks order, revisions and times on the way in every test. */
class BarPropertiesTest {

    private static final int STREAMS = 1_000;

    @Test
    void shouldEqualAnOracleThatKeepsEveryTrade() {
        forEachStream(stream -> {
            for (int part = 0; part < 2; part++) {
                stream.run(20);
                stream.check();
            }
        });
    }

    @Test
    void shouldHoldEachAcceptedTradeOnceInEachTimeframe() {
        forEachStream(stream -> {
            stream.run(30);
            Map<PlainBar.Key, PlainBar> bars = stream.emitted.lastRevisions();
            bars.putAll(stream.oracle.barsByClosed(stream.clockMs).get(false));
            for (Timeframe timeframe : stream.config.timeframes()) {
                long barred = bars.values().stream()
                        .filter(bar -> bar.key().timeframe().equals(timeframe))
                        .mapToLong(PlainBar::count)
                        .sum();
                assertEquals(stream.oracle.accepted().size(), barred, timeframe.label());
            }
        });
    }

    @Test
    void shouldRollUpTheFinerBarsInEveryFieldButTheRevision() {
        long[] compared = {0};
        forEachStream(stream -> {
            stream.run(60);
            compared[0] += new RollUp(stream.emitted.lastRevisions(), stream.coverage()).check(stream.config);
        });
        assertTrue(compared[0] > 20_000, () -> "too few comparisons: " + compared[0]);
    }

    @Test
    void shouldKeepTheRulesOfEmissionWhenTheSettingsChange() {
        long[] closed = {0};
        forEachStream(stream -> {
            for (int part = 0; part < 4; part++) {
                stream.run(15);
                stream.changeSettings();
            }
            closed[0] += stream.emitted.all.size();
        });
        assertTrue(closed[0] > 10_000, () -> "too few bars: " + closed[0]);
    }

    @Test
    void shouldMeetEveryKindOfBar() {
        long[] seen = new long[5];
        forEachStream(stream -> {
            stream.run(20);
            stream.emitted.all.forEach(bar -> {
                seen[0] += bar.revision > 1 ? 1 : 0;
                seen[1] += bar.complete ? 1 : 0;
                seen[2] += bar.isEmpty() && stream.config.emptyBars() == EmptyBars.CARRY && bar.revision > 0 ? 1 : 0;
                seen[3] += bar.basis == Basis.MID ? 1 : 0;
                seen[4] += bar.isEmpty() && stream.config.emptyBars() == EmptyBars.NULL ? 1 : 0;
            });
        });
        for (int i = 0; i < seen.length; i++) {
            assertTrue(seen[i] > 100, "the streams show too little of kind " + i + ": " + seen[i]);
        }
    }

    private static void forEachStream(Consumer<RandomStream> check) {
        for (long seed = 1; seed <= STREAMS; seed++) {
            try {
                check.accept(new RandomStream(seed));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }
}
