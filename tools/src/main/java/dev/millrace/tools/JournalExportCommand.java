package dev.millrace.tools;

import dev.millrace.journal.JournalExport;
import dev.millrace.journal.JournalReader;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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

    private static final int BUFFER_BYTES = 1 << 20;

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
        Path file = to.toAbsolutePath();
        Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
        JournalExport.Result result;
        try (JournalReader reader = JournalReader.open(journal.folder());
                Progress progress = Progress.of("export", "records", reader.lastSequence());
                OutputStream out = new BufferedOutputStream(Files.newOutputStream(unfinished), BUFFER_BYTES)) {
            result = JournalExport.run(journal.folder(), out, meta, progress.done());
        }
        Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        spec.commandLine().getOut().printf(Locale.ROOT, "%,d frames written to %s%n", result.frames(), to);
        if (result.leftOut() > 0) {
            spec.commandLine()
                    .getErr()
                    .printf(Locale.ROOT, "%,d frames hold a line feed and were left out%n", result.leftOut());
        }
        return ExitCode.DONE;
    }
}
