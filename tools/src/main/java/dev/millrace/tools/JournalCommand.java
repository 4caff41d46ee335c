package dev.millrace.tools;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Looks at journals and moves recordings in and out of them. */
@Command(
        name = "journal",
        description = "Lists, prints, checks, exports and imports journals.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            JournalLsCommand.class,
            JournalCatCommand.class,
            JournalVerifyCommand.class,
            JournalExportCommand.class,
            JournalImportCommand.class,
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  millrace journal ls data/journal",
            "  millrace journal cat --from 2026-11-23T10:00 --coin BTC --json data/journal",
            "  millrace journal verify data/journal",
            "  millrace journal export --to frames.txt data/journal",
            "  millrace journal import capture.jsonl.lz4 --journal data/journal",
        })
final class JournalCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "name what to do: ls, cat, verify, export or import");
    }
}
