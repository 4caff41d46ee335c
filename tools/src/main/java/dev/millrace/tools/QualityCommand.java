package dev.millrace.tools;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How good the bars are. */
@Command(
        name = "quality",
        description =
                "Shows, certifies and verifies the quality of bars, and compares them with the exchange's candles.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "[COMMAND]",
        subcommands = {
            QualityShowCommand.class,
            QualityCertifyCommand.class,
            QualityVerifyCommand.class,
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  millrace quality show",
            "  millrace quality show BTC --from 2026-11-01",
            "  millrace quality --candles BTC --from 2026-11-22",
            "  millrace quality --candles --ask",
            "  millrace quality certify --from 2026-11-01",
            "  millrace quality verify",
        })
final class QualityCommand implements Callable<Integer> {

    @Mixin
    private QualityCandles candles;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (!candles.areWanted()) {
            throw new ParameterException(
                    spec.commandLine(), "name what to do: show, certify or verify, or --candles to compare");
        }
        candles.compare();
        return ExitCode.DONE;
    }
}
