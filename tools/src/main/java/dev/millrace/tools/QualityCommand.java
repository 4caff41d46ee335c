package dev.millrace.tools;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How good the bars are. */
@Command(
        name = "quality",
        description =
                "Shows, certifies and verifies the quality of bars, and compares them with the exchange's candles.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            QualityShowCommand.class,
            QualityCandlesCommand.class,
            QualityCertifyCommand.class,
            QualityVerifyCommand.class,
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  millrace quality show",
            "  millrace quality show BTC --from 2026-11-01",
            "  millrace quality candles BTC",
            "  millrace quality certify --from 2026-11-01",
            "  millrace quality verify",
        })
final class QualityCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "name what to do: show, candles, certify or verify");
    }
}
