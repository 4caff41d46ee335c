package dev.millrace.tools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Copies the tables. */
@Command(
        name = "snapshot",
        description = {
            "Makes a consistent copy of the tables, also while a daemon fills them. Any DuckDB from 1.5 on opens it. "
                    + "Days that have left the tables are read from the lake, by the copy too.",
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExample:%n",
        footer = "  millrace snapshot --to copy.duckdb --config config/mainnet.conf")
final class SnapshotCommand implements Callable<Integer> {

    @Mixin
    private ConfigOptions options;

    @Option(names = "--to", required = true, paramLabel = "FILE", description = "The copy; must not exist.")
    private Path file;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        long sequence;
        try (Tables tables = TableOptions.tables(options.load().engine());
                Progress progress = Progress.of("snapshot", "%", 100)) {
            LongConsumer percent = progress.done();
            sequence = tables.snapshot(file, (bytes, ofBytes) -> percent.accept(bytes * 100 / Math.max(1, ofBytes)));
        }
        spec.commandLine()
                .getOut()
                .printf(Locale.ROOT, "%s: %,d bytes, up to record %d%n", file, Files.size(file), sequence);
        return ExitCode.DONE;
    }
}
