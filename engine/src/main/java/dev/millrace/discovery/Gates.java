package dev.millrace.discovery;

import dev.millrace.config.GateConfig;
import dev.millrace.config.ScoreConfig;
import dev.millrace.market.AssetMeasures;
import dev.millrace.market.BookMeasures;
import dev.millrace.market.DayMeasures;
import dev.millrace.market.Instrument;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a coin must show before it is ranked. The gates of volume, open interest, spread and depth lie where their scores are
 * zero, so that nothing jumps when one opens. What nobody knows fails.
 */
final class Gates {

    private final GateConfig gates;
    private final ScoreConfig scores;

    Gates(GateConfig gates, ScoreConfig scores) {
        this.gates = gates;
        this.scores = scores;
    }

    /** One reason for each gate that stays shut, those of the list alone where one of them does; empty for an eligible coin. */
    List<String> failures(Instrument instrument, AssetMeasures measures) {
        List<String> reasons = listing(instrument);
        if (!reasons.isEmpty()) {
            return reasons;
        }
        days(measures.days(), reasons);
        require(
                measures.openInterestUsd() > scores.openInterest().low(),
                reasons,
                "open interest " + usd(measures.openInterestUsd()) + ", needs more than "
                        + usd(scores.openInterest().low()));
        book(measures.book(), reasons);
        return reasons;
    }

    /** Those of the venue's list alone; of a coin that fails one of them nothing else is read. */
    List<String> listing(Instrument instrument) {
        if (instrument.delisted()) {
            return List.of("delisted");
        }
        List<String> reasons = new ArrayList<>();
        require(gates.allowIsolated() || !instrument.isolatedOnly(), reasons, "isolated margin only");
        require(
                instrument.maxLeverage() >= gates.minLeverage(),
                reasons,
                "leverage up to " + instrument.maxLeverage() + ", needs " + gates.minLeverage());
        return reasons;
    }

    private void days(DayMeasures days, List<String> reasons) {
        require(
                days.candles() >= gates.minCandles(),
                reasons,
                days.candles() + " closed daily candles of the last " + gates.candleDays() + ", needs "
                        + gates.minCandles());
        require(
                !Double.isNaN(days.deviation()),
                reasons,
                "fewer than " + gates.minReturns() + " returns from one day to the next");
        require(
                days.volumeUsd() > scores.volume().low(),
                reasons,
                "volume " + usd(days.volumeUsd()) + " a day, needs more than "
                        + usd(scores.volume().low()));
    }

    private void book(BookMeasures book, List<String> reasons) {
        require(
                book.samples() >= gates.minSamples(),
                reasons,
                book.samples() + " of " + gates.samples() + " book samples, needs " + gates.minSamples());
        long least = gates.minSampleSpan().toMillis();
        require(
                book.spanMs() >= least,
                reasons,
                "book samples over " + minutes(book.spanMs()) + ", needs " + minutes(least));
        require(
                book.spreadBp() < scores.spread().high(),
                reasons,
                String.format(
                        Locale.ROOT,
                        "spread %.1f bp, needs less than %.1f bp",
                        book.spreadBp(),
                        scores.spread().high()));
        require(
                book.depthUsd() > scores.depth().low(),
                reasons,
                "depth " + usd(book.depthUsd()) + " within 10 bp, needs more than "
                        + usd(scores.depth().low()));
    }

    private static void require(boolean met, List<String> reasons, String reason) {
        if (!met) {
            reasons.add(reason);
        }
    }

    private static String usd(double value) {
        return Double.isNaN(value) ? "unknown" : String.format(Locale.ROOT, "%,.0f USD", value);
    }

    private static String minutes(long ms) {
        return Duration.ofMillis(ms).toMinutes() + " min";
    }
}
