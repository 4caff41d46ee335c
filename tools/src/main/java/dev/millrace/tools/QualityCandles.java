package dev.millrace.tools;

import dev.millrace.Engine;
import dev.millrace.config.EngineConfig;
import dev.millrace.control.ControlClient;
import dev.millrace.market.Timeframe;
import dev.millrace.quality.Agreement;
import dev.millrace.quality.BarValues;
import dev.millrace.quality.CrossCheck;
import dev.millrace.quality.DayQuality;
import dev.millrace.quality.SymbolDay;
import dev.millrace.store.RefusedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What {@code quality --candles} does: our minutes against the exchange's. */
final class QualityCandles {

    private static final Timeframe MINUTE = Timeframe.parse("1m");

    @Mixin
    private QualityRange range;

    @Option(
            names = "--candles",
            description = {
                "Compare our closed 1m bars with the exchange's candles that were collected, and name every minute that "
                        + "differs. A daemon with quality.check-every asks for them; so does millrace collect "
                        + "--timeframes 1m.",
            })
    private boolean wanted;

    @Parameters(paramLabel = "COIN", arity = "0..1", description = "With --candles: this one alone.")
    private String coin;

    @Option(
            names = "--ask",
            description = "With --candles: let the running daemon ask for those of the last two hours first.")
    private boolean ask;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    boolean areWanted() {
        return wanted;
    }

    void compare() throws IOException {
        if (ask) {
            ask(range.config());
        }
        QualityRange.read(range.config(), tables -> range.days(tables, coin, this::print));
    }

    private void ask(EngineConfig config) {
        ControlClient daemon = new ControlClient(config.data().dir().resolve(Engine.CONTROL_SOCKET));
        boolean runs = daemon.ask(Map.of("command", "candles"), line -> {
            if (line.containsKey("failed")) {
                throw new RefusedException(line.get("failed").toString());
            }
            if (line.get("failures") instanceof List<?> failures) {
                failures.forEach(failure -> spec.commandLine().getErr().println("not asked: " + failure));
            }
        });
        if (!runs) {
            throw new RefusedException("no daemon runs on " + config.data().dir() + " to ask for candles");
        }
    }

    private void print(SymbolDay day) {
        CrossCheck check = DayQuality.of(day.rows(), MINUTE).check();
        PrintWriter out = spec.commandLine().getOut();
        StringBuilder line = new StringBuilder();
        check.counts()
                .forEach((agreement, minutes) ->
                        line.append(String.format(Locale.ROOT, ", %s %,d", agreement.label(), minutes)));
        out.printf(Locale.ROOT, "%s %s  compared %,d%s%n", day.symbol(), day.date(), check.compared(), line.toString());
        for (CrossCheck.Difference difference : check.differences()) {
            print(difference, out);
        }
        if (check.outstanding() > 0) {
            out.printf(Locale.ROOT, "  %,d of them were asked for only once%n", check.outstanding());
        }
    }

    private static void print(CrossCheck.Difference difference, PrintWriter out) {
        Agreement agreement = difference.agreement();
        out.printf(
                "  %s  %-14s  ours %s  theirs %s%n",
                Instant.ofEpochMilli(difference.minuteMs()),
                agreement.label(),
                words(difference.ours()),
                words(difference.theirs()));
    }

    private static String words(Optional<BarValues> bar) {
        return bar.map(values -> "o " + values.open() + " h " + values.high() + " l " + values.low() + " c "
                        + values.close() + " v " + values.volume() + " n " + values.tradeCount())
                .orElse("none");
    }
}
