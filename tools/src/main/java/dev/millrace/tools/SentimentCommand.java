package dev.millrace.tools;

import dev.millrace.config.EngineConfig;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The mood of the market today, and how it came to it. */
@Command(
        name = "sentiment",
        description = {
            "Shows the Fear & Greed index of Alternative.me: today's value, what a contrarian makes of it, its trend, and a "
                    + "chart. Asks the running daemon, else reads the tables or the journal that one left. "
                    + "All rows: millrace query \"FROM sentiment\".",
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  millrace sentiment --config config/mainnet.conf",
            "  millrace sentiment --days 365",
            "  millrace sentiment --refresh",
        })
final class SentimentCommand implements Callable<Integer> {

    @Mixin
    private ConfigOptions options;

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "30",
            description = "Days of the chart and of the trend; ${DEFAULT-VALUE} by default.")
    private int days;

    @Option(names = "--refresh", description = "Ask the source first.")
    private boolean refresh;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (days < 1) {
            throw new ParameterException(spec.commandLine(), "--days " + days + ": must be 1 or more");
        }
        EngineConfig config = options.load().engine();
        PrintWriter err = spec.commandLine().getErr();
        Mood mood = new MoodSources(config, days, err).read(refresh);
        MoodText text =
                new MoodText(config.sentiment().limits(), Clock.systemUTC().instant());
        text.print(mood, days, spec.commandLine().getOut());
        return ExitCode.DONE;
    }
}
