package dev.millrace.discovery;

import dev.millrace.config.GateConfig;
import dev.millrace.config.Limits;
import dev.millrace.config.MembershipConfig;
import dev.millrace.config.ScoreConfig;
import dev.millrace.config.UniverseConfig;
import dev.millrace.market.AssetMeasures;
import dev.millrace.market.BookMeasures;
import dev.millrace.market.DayMeasures;
import dev.millrace.market.Instrument;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The settings of the definitions, and coins to judge by them. */
final class Samples {

    static final long HOUR_MS = 3_600_000;
    static final GateConfig GATES = new GateConfig(false, 3, 30, 25, 20, 10, 8, Duration.ofHours(1));
    static final ScoreConfig SCORES = new ScoreConfig(
            new Limits(1e6, 1e9),
            new Limits(1e6, 1e9),
            new Limits(1, 20),
            new Limits(1e4, 2e6),
            new Limits(.0075, .24));
    static final MembershipConfig MEMBERS = new MembershipConfig(25, .7, .95, 2, 1.2, 3, 2);

    private Samples() {}

    static UniverseConfig config(MembershipConfig members) {
        return new UniverseConfig(true, Duration.ofMinutes(10), Duration.ofMinutes(9), GATES, SCORES, members);
    }

    /** Of a sound coin but for what is given. */
    static AssetMeasures measures(double volume, double depth, double spread, double openInterest, double deviation) {
        return new AssetMeasures(
                10,
                openInterest,
                new DayMeasures(30, volume, deviation),
                new BookMeasures(10, HOUR_MS, spread, depth, false));
    }

    static Instrument perp(String name) {
        return new Instrument(name, 0, 2, false, false, 10, false, Double.NaN);
    }

    static DailyReturns returns(double... values) {
        NavigableMap<Long, Double> closes = new TreeMap<>();
        double close = 100;
        closes.put(0L, close);
        for (int i = 0; i < values.length; i++) {
            close *= Math.exp(values[i]);
            closes.put(i + 1L, close);
        }
        return new DailyReturns(closes);
    }

    /** Candles of the days up to but without this one, whose closes move by these returns; volume in USD, about. */
    static List<DayCandle> candles(long today, double volumeUsd, double... returns) {
        List<DayCandle> candles = new ArrayList<>();
        double close = 100;
        for (int i = 0; i < returns.length; i++) {
            double open = close;
            close *= Math.exp(returns[i]);
            long day = today - returns.length + i;
            candles.add(
                    new DayCandle(day, open, Math.max(open, close), Math.min(open, close), close, volumeUsd / close));
        }
        return candles;
    }

    /** Ten looks at a book of this spread and depth a side, over an hour and more. */
    static List<BookSample> books(long atMs, double spreadBp, double depthUsd) {
        List<BookSample> samples = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            samples.add(new BookSample(atMs - (10 - i) * 540_000L, spreadBp, depthUsd, false));
        }
        return samples;
    }
}
