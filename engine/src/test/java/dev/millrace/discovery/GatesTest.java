package dev.millrace.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.config.GateConfig;
import dev.millrace.market.AssetMeasures;
import dev.millrace.market.BookMeasures;
import dev.millrace.market.DayMeasures;
import dev.millrace.market.Instrument;
import java.util.List;
import org.junit.jupiter.api.Test;

class GatesTest {

    private static final DayMeasures DAYS = new DayMeasures(25, 1_000_001, .04);
    private static final BookMeasures BOOK = new BookMeasures(8, Samples.HOUR_MS, 19.9, 10_001, false);
    private static final AssetMeasures JUST_ENOUGH = new AssetMeasures(3, 1_000_001, DAYS, BOOK);

    private final Gates gates = new Gates(Samples.GATES, Samples.SCORES);

    @Test
    void shouldPassWhatIsJustEnough() {
        assertEquals(List.of(), gates.failures(Samples.perp("A"), JUST_ENOUGH));
    }

    @Test
    void shouldGiveEachGateItsReason() {
        AssetMeasures nothing = new AssetMeasures(
                2,
                1_000_000,
                new DayMeasures(24, 1_000_000, Double.NaN),
                new BookMeasures(7, Samples.HOUR_MS - 1, 20, 10_000, false));
        assertEquals(
                List.of(
                        "24 closed daily candles of the last 30, needs 25",
                        "fewer than 20 returns from one day to the next",
                        "volume 1,000,000 USD a day, needs more than 1,000,000 USD",
                        "open interest 1,000,000 USD, needs more than 1,000,000 USD",
                        "7 of 10 book samples, needs 8",
                        "book samples over 59 min, needs 60 min",
                        "spread 20.0 bp, needs less than 20.0 bp",
                        "depth 10,000 USD within 10 bp, needs more than 10,000 USD"),
                gates.failures(Samples.perp("A"), nothing));
        assertEquals(
                List.of("isolated margin only", "leverage up to 2, needs 3"),
                gates.failures(new Instrument("A", 0, 2, false, false, 2, true, 0), nothing));
        assertEquals(List.of("delisted"), gates.failures(Samples.perp("A").gone(), nothing));
    }

    @Test
    void shouldFailWhatNobodyKnows() {
        AssetMeasures unknown = new AssetMeasures(
                3, Double.NaN, DAYS, new BookMeasures(8, Samples.HOUR_MS, Double.NaN, Double.NaN, false));
        assertEquals(
                List.of(
                        "open interest unknown, needs more than 1,000,000 USD",
                        "spread NaN bp, needs less than 20.0 bp",
                        "depth unknown within 10 bp, needs more than 10,000 USD"),
                gates.failures(Samples.perp("A"), unknown));
    }

    @Test
    void shouldLetIsolatedMarginPassWhereAllowed() {
        GateConfig allowing = new GateConfig(true, 3, 30, 25, 20, 10, 8, Samples.GATES.minSampleSpan());
        Instrument isolated = new Instrument("A", 0, 2, false, false, 3, true, 0);
        assertEquals(List.of(), new Gates(allowing, Samples.SCORES).failures(isolated, JUST_ENOUGH));
    }
}
