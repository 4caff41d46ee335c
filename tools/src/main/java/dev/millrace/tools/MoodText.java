package dev.millrace.tools;

import dev.millrace.market.SentimentReading;
import dev.millrace.sentiment.Contrarian;
import dev.millrace.sentiment.EnvironmentalPressures;
import dev.millrace.sentiment.PressureCurves;
import dev.millrace.sentiment.Regimes;
import dev.millrace.sentiment.SentimentState;
import dev.millrace.sentiment.Trend;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Today's mood and its past on a terminal of 80 columns. */
final class MoodText {

    private static final long NS_PER_SECOND = 1_000_000_000;

    private final Regimes regimes;
    private final Instant now;

    /** @param limits of the regimes */
    MoodText(List<Integer> limits, Instant now) {
        regimes = new Regimes(limits);
        this.now = now;
    }

    /** @param mood of one day or more */
    void print(Mood mood, int days, PrintWriter out) {
        LocalDate day = mood.days().lastKey();
        SentimentReading today = mood.days().lastEntry().getValue();
        Contrarian contrarian = Contrarian.of(today.value(), regimes);
        row(out, "fear & greed", today.value() + ", " + today.classification() + ", of " + day);
        row(out, "regime", regimes.of(today.value()).label());
        row(out, "signal", contrarian.signal().label());
        row(out, "direction", text("%+.2f, strength %.2f", contrarian.direction(), contrarian.strength()));
        NavigableMap<LocalDate, Integer> values = new TreeMap<>();
        mood.days().tailMap(day.minusDays(days - 1L)).forEach((date, reading) -> values.put(date, reading.value()));
        trend(out, Trend.of(values, day, days), days);
        pressures(out, new PressureCurves(regimes).at(today.value()));
        row(out, "read", age(today) + " ago");
        String stale = new SentimentState(Optional.of(today), mood.problem()).stale(nowNs());
        if (!stale.isEmpty()) {
            row(out, "STALE", stale);
        }
        out.println();
        new DayChart(values, days).print(out);
    }

    private static void trend(PrintWriter out, Optional<Trend> found, int days) {
        if (found.isEmpty()) {
            row(out, "trend", "unknown: fewer than 70 % of " + days + " days have a value, or fewer than 3");
            return;
        }
        Trend trend = found.get();
        row(
                out,
                "trend",
                text(
                        "%s, %+.2f a day (error %.2f), strength %.2f",
                        trend.direction().name().toLowerCase(Locale.ROOT),
                        trend.slopePerDay(),
                        trend.standardError(),
                        trend.strength()));
        String volatility = Double.isNaN(trend.volatility()) ? "unknown" : text("%.1f", trend.volatility());
        row(out, "", text("volatility %s, over %d days of which %d have a value", volatility, days, trend.days()));
    }

    private static void pressures(PrintWriter out, EnvironmentalPressures at) {
        row(out, "pressures", text("contrarian bias %.2f, momentum bias %.2f", at.contrarianBias(), at.momentumBias()));
        row(
                out,
                "",
                text(
                        "volatility tolerance %.2f, position size %.2f, holding %.2f",
                        at.volatilityTolerance(), at.positionSizing(), at.holdingPeriod()));
    }

    private String age(SentimentReading reading) {
        Duration age = Duration.ofNanos(Math.max(0, nowNs() - reading.receiveNs()));
        if (age.toMinutes() < 1) {
            return age.toSeconds() + " s";
        }
        return age.toHours() < 1 ? age.toMinutes() + " min" : age.toHours() + " h " + age.toMinutesPart() + " min";
    }

    private long nowNs() {
        return now.getEpochSecond() * NS_PER_SECOND + now.getNano();
    }

    private static void row(PrintWriter out, String name, String value) {
        out.println(text("%-12s  %s", name, value));
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
