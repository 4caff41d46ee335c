package dev.millrace.tools;

import dev.millrace.journal.JournalExport;
import dev.millrace.journal.JournalReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The exchange's frames, byte for byte. */
@Command(
        name = "export",
        description = "Writes each exchange frame byte for byte, one a line, in order.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExample:%n",
        footer = "  millrace journal export --to frames.txt data/journal")
final class JournalExportCommand implements Callable<Integer> {

    @Option(names = "--to", required = true, paramLabel = "FILE", description = "File to write.")
    private Path to;

    @Option(names = "--meta", description = "Sequence, receive ns, source, kind and a tab before each frame.")
    private boolean meta;

    @Mixin
    private JournalOption journal;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        JournalExport.Result result;
        try (JournalReader reader = JournalReader.open(journal.folder());
                WholeFile file = WholeFile.create(to);
                Progress progress = Progress.of("export", "records", reader.lastSequence())) {
            result = JournalExport.run(journal.folder(), file.out(), meta, progress.done());
            file.finish();
        }
        spec.commandLine().getOut().printf(Locale.ROOT, "%,d frames written to %s%n", result.frames(), to);
        if (result.leftOut() > 0) {
            spec.commandLine()
                    .getErr()
                    .printf(Locale.ROOT, "%,d frames hold a line feed and were left out%n", result.leftOut());
        }
        return ExitCode.DONE;
    }
}
