package dev.millrace.bars;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.config.BarsConfig;
import dev.millrace.market.CoverageView;
import dev.millrace.market.Timeframe;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.LongStream;

/** Compares every closed bar with the roll-up of the bars of every finer timeframe that divides its own. */
final class RollUp {

    private final Map<PlainBar.Key, PlainBar> bars;
    private final CoverageView coverage;

    RollUp(Map<PlainBar.Key, PlainBar> bars, CoverageView coverage) {
        this.bars = bars;
        this.coverage = coverage;
    }

    /** Returns how many comparisons were made. */
    long check(BarsConfig config) {
        long compared = 0;
        for (PlainBar coarse : bars.values()) {
            for (Timeframe fine : config.timeframes()) {
                long length = coarse.key().timeframe().millis();
                if (fine.millis() < length && length % fine.millis() == 0) {
                    assertEquals(rollUp(coarse, fine), coarse, () -> coarse + " from " + fine);
                    compared++;
                }
            }
        }
        return compared;
    }

    private PlainBar rollUp(PlainBar coarse, Timeframe fine) {
        List<PlainBar.Key> buckets = LongStream.iterate(
                        coarse.key().startMs(), start -> start < coarse.key().endMs(), start -> start + fine.millis())
                .mapToObj(start -> new PlainBar.Key(
                        coarse.key().symbol(), fine, coarse.key().basis(), start))
                .toList();
        List<PlainBar> finer =
                buckets.stream().map(bars::get).filter(Objects::nonNull).toList();
        List<PlainBar> traded = finer.stream().filter(bar -> bar.count() > 0).toList();
        List<PlainBar> priced = traded.isEmpty() ? finer : traded;
        PlainBar first = priced.get(0);
        PlainBar last = priced.get(priced.size() - 1);
        return new PlainBar(
                coarse.key(),
                first.open(),
                extreme(priced, PlainBar::high, Comparator.naturalOrder()),
                extreme(priced, PlainBar::low, Comparator.reverseOrder()),
                last.close(),
                sum(traded, PlainBar::volume, 8),
                sum(traded, PlainBar::quoteVolume, 16),
                sum(traded, PlainBar::buyVolume, 8),
                traded.stream().mapToLong(PlainBar::count).sum(),
                traded.isEmpty() ? 0 : first.firstTimeMs(),
                traded.isEmpty() ? 0 : last.lastTimeMs(),
                buckets.stream().allMatch(this::isComplete));
    }

    /** A bucket that has no bar is complete when it is covered: then nothing was traded in it. */
    private boolean isComplete(PlainBar.Key bucket) {
        PlainBar bar = bars.get(bucket);
        return bar == null
                ? coverage.covered(bucket.symbol(), bucket.basis(), bucket.startMs(), bucket.endMs())
                : bar.complete();
    }

    private static BigDecimal extreme(
            List<PlainBar> bars, Function<PlainBar, BigDecimal> price, Comparator<BigDecimal> order) {
        return bars.stream().map(price).filter(Objects::nonNull).max(order).orElse(null);
    }

    private static BigDecimal sum(List<PlainBar> bars, Function<PlainBar, BigDecimal> value, int scale) {
        return bars.stream().map(value).reduce(BigDecimal.valueOf(0, scale), BigDecimal::add);
    }
}
