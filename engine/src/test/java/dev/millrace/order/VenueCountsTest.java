package dev.millrace.order;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.config.BarsConfig;
import dev.millrace.config.ClockConfig;
import dev.millrace.config.OrderConfig;
import dev.millrace.config.ResultConfig;
import dev.millrace.market.Basis;
import dev.millrace.market.Candle;
import dev.millrace.market.Gap;
import dev.millrace.market.Timeframe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A final candle that counts more trades than came: which gap it proves. */
class VenueCountsTest {

    private static final long MS = 1_000_000L;
    private static final int BTC = 0;
    private static final long MINUTE = 60_000;

    private final List<Gap> told = new ArrayList<>();
    private final VenueCounts counts = new VenueCounts((gap, receiveNs) -> told.add(gap));
    private final ResultConfig config = new ResultConfig(
            new OrderConfig(4096, 100_000, Duration.ofSeconds(30)),
            new ClockConfig(Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofSeconds(10)),
            new BarsConfig(
                    List.of(Timeframe.parse("1m")),
                    List.of(Basis.TRADE),
                    Duration.ofMillis(500),
                    Duration.ofMinutes(10),
                    BarsConfig.EmptyBars.NONE));
    private final VenueClock clock = new VenueClock(config.clock());
    private final Coverage coverage = new Coverage(config, clock, symbol -> "BTC", counts, (symbol, basis) -> {});

    @Test
    void shouldProveTheOnlyGapOfTheMinute() {
        live();
        coverage.onUnreadable(BTC, MS, MINUTE + 10_000, MINUTE + 15_000);
        candles(5);

        assertEquals(List.of(Gap.Evidence.UNPROVEN, Gap.Evidence.PROVEN), evidence());
    }

    @Test
    void shouldProveNoneOfTwoGapsOfTheMinute() {
        live();
        coverage.onUnreadable(BTC, MS, MINUTE + 10_000, MINUTE + 15_000);
        coverage.onUnreadable(BTC, MS, MINUTE + 40_000, MINUTE + 41_000);
        candles(5);

        assertEquals(List.of(Gap.Evidence.UNPROVEN, Gap.Evidence.UNPROVEN), evidence());
    }

    @Test
    void shouldNotProveAGapBesideOneThatGrewAndIsNotToldYet() {
        live();
        coverage.onUnreadable(BTC, MS, MINUTE + 10_000, MINUTE + 15_000);
        coverage.onUnreadable(BTC, MS, MINUTE + 20_000, MINUTE + 25_000);
        candles(5);

        assertEquals(List.of(Gap.Evidence.UNPROVEN), evidence());
    }

    @Test
    void shouldProveNothingWhenAllCame() {
        live();
        coverage.onUnreadable(BTC, MS, MINUTE + 10_000, MINUTE + 15_000);
        counts.onTrade(BTC, MINUTE + 1_000);
        candles(1);

        assertEquals(List.of(Gap.Evidence.UNPROVEN), evidence());
    }

    private void live() {
        coverage.onConnected(1, 0);
        coverage.onTradesAck(BTC, 1, 0, Long.MIN_VALUE);
        clock.onExchangeTime(2 * MINUTE + 500, 2 * MINUTE * MS);
        clock.onRecord(2 * MINUTE * MS);
        coverage.onSnapshot(BTC, 1, 0, 10_000, 10_001, false, Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE);
        coverage.onFrame(1, 2 * MINUTE * MS);
    }

    /** That of the minute, and the one that shows that it was final. */
    private void candles(long trades) {
        counts.onCandle(candle(MINUTE, trades), "BTC", coverage, 2 * MINUTE * MS);
        counts.onCandle(candle(2 * MINUTE, 0), "BTC", coverage, 2 * MINUTE * MS);
    }

    private static Candle candle(long startMs, long trades) {
        Candle candle = new Candle();
        candle.symbol = BTC;
        candle.startMs = startMs;
        candle.intervalMs = MINUTE;
        candle.tradeCount = trades;
        return candle;
    }

    private List<Gap.Evidence> evidence() {
        return told.stream().map(Gap::evidence).toList();
    }
}
