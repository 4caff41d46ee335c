package dev.millrace.tools;

import dev.millrace.config.EngineConfig;
import dev.millrace.market.Timeframe;
import dev.millrace.quality.DayQuality;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
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
            "Shows state and quality of each coin and day, or of one coin every part of it and whether it is ready. "
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
                QualityCalendar calendar = new QualityCalendar(shown);
                List<LocalDate> days = range.days(
                        tables, null, day -> calendar.add(day.symbol(), day.date(), DayQuality.of(day.rows(), shown)));
                calendar.print(days, spec.commandLine().getOut());
            } else {
                QualityParts parts =
                        new QualityParts(timeframe, QualityRange.oldestRecord(config), System.currentTimeMillis());
                range.days(tables, coin, parts::add);
                parts.print(spec.commandLine().getOut());
            }
        });
        return ExitCode.DONE;
    }

    private Timeframe timeframe() {
        try {
            return Timeframe.parse(timeframe == null ? "1m" : timeframe);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }
}
