package dev.millrace.tools;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Looks at lakes. */
@Command(
        name = "lake",
        description = "Lists and checks the Parquet files of a lake.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            LakeLsCommand.class,
            LakeVerifyCommand.class,
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  millrace lake ls --lake data/lake",
            "  millrace lake verify --lake data/lake",
        })
final class LakeCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "name what to do: ls or verify");
    }
}
