package dev.millrace.tools;

import dev.millrace.config.EngineConfig;
import dev.millrace.market.Timeframe;
import dev.millrace.quality.Certificates;
import dev.millrace.quality.DayQuality;
import dev.millrace.quality.QualityTables;
import dev.millrace.store.RefusedException;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A calendar of quality. */
@Command(
        name = "show",
        description = {
            "Shows state and quality of each coin and day, or of one coin every part of it, whether it is ready, and "
                    + "what its certificates tell beside. "
                    + "Quality is coverage x exp(-bad / .01) x aligned x agreed, 0 to 1; "
                    + "available is .99 or more without a gap over 60 s.",
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  millrace quality show",
            "  millrace quality show --timeframe 1h --from 2026-11-01",
            "  millrace quality show BTC",
        })
final class QualityShowCommand implements Callable<Integer> {

    private static final long DAY_MS = 86_400_000;

    @Mixin
    private QualityRange range;

    @Option(
            names = "--timeframe",
            paramLabel = "T",
            description = "Of the calendar; 1m by default. Of a coin: this alone.")
    private String timeframe;

    @Parameters(paramLabel = "COIN", arity = "0..1", description = "Show every part of this one.")
    private String coin;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Timeframe shown = timeframe();
        EngineConfig config = range.config();
        QualityRange.read(config, tables -> {
            if (coin == null) {
                calendar(tables, shown);
            } else {
                parts(tables, shown, config);
            }
        });
        return ExitCode.DONE;
    }

    private void calendar(QualityTables tables, Timeframe shown) throws IOException {
        QualityCalendar calendar = new QualityCalendar(shown);
        SortedSet<Timeframe> found = new TreeSet<>();
        List<LocalDate> days = range.days(tables, null, day -> {
            found.addAll(day.timeframes());
            if (day.has(shown) || day.timeframes().isEmpty()) {
                calendar.add(day.symbol(), day.date(), DayQuality.of(day.rows(), shown));
            }
        });
        requireSome(shown, found);
        calendar.print(days, spec.commandLine().getOut());
    }

    private void parts(QualityTables tables, Timeframe shown, EngineConfig config) throws IOException {
        QualityParts parts = new QualityParts(
                each -> timeframe == null || each.equals(shown),
                QualityRange.oldestRecord(config),
                System.currentTimeMillis());
        BesideQuality beside = new BesideQuality(new Certificates(config.data().lake()));
        SortedSet<Timeframe> found = new TreeSet<>();
        range.days(tables, coin, day -> {
            found.addAll(day.timeframes());
            parts.add(day, tables.trades(day.symbol(), day.date()));
            beside.add(day);
        });
        requireSome(shown, found);
        parts.print(spec.commandLine().getOut());
        beside.print(spec.commandLine().getOut());
    }

    /** The rest of a day says nothing of bars that nobody makes. */
    private void requireSome(Timeframe shown, SortedSet<Timeframe> found) {
        if (timeframe != null && !found.contains(shown)) {
            throw new RefusedException("there are no bars of " + shown + " in these days; there are some of "
                    + found.stream().map(Timeframe::label).collect(Collectors.joining(" ")));
        }
    }

    private Timeframe timeframe() {
        try {
            Timeframe named = Timeframe.parse(timeframe == null ? "1m" : timeframe);
            if (named.millis() > DAY_MS) {
                throw new IllegalArgumentException(
                        "quality is of a day; name a timeframe up to 1d, not " + named + ", as --timeframe");
            }
            return named;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }
}
