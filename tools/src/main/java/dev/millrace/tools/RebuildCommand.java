package dev.millrace.tools;

import dev.millrace.config.EngineConfig;
import dev.millrace.store.RebuildScope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes days of the tables and the lake again. */
@Command(
        name = "rebuild",
        description = {
            "Makes the tables and the lake of whole UTC days again from the journal, so that a mended decoder or a "
                    + "further length of bars reaches the past. Shows rows and digests before and after. Where the "
                    + "journal is gone, bars are made from the ticks that are kept, and the rest is left.",
            "",
            "Each day is as it was or new, also after a kill: run it again to finish. A daemon that stores does it "
                    + "itself; meanwhile it records, and the tables wait.",
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  millrace rebuild --from 2026-11-01 --to 2026-11-23",
            "  millrace rebuild --from 2026-11-01 --to 2026-11-23 --timeframes 4h",
            "  millrace rebuild --from 2026-11-22 --to 2026-11-23 --datasets tick_data",
        })
final class RebuildCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Mixin
    private ConfigOptions options;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "TIME",
            description = "In the first day: 2026-11-23, UTC unless a zone is given.")
    private Instant from;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "TIME",
            description = "Behind the last day: a day given here is not made again.")
    private Instant to;

    @Option(
            names = "--timeframes",
            paramLabel = "LIST",
            split = ",",
            description = "Bars of these lengths alone, for example 4h,1d; by default those that the journal's "
                    + "sessions made.")
    private List<String> timeframes = List.of();

    @Option(
            names = "--datasets",
            paramLabel = "LIST",
            split = ",",
            description = "Some of ohlcv, tick_data, book_tops, asset_context, feed_gaps, books; all but books "
                    + "by default.")
    private List<String> datasets = List.of();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        RebuildScope scope = RebuildScope.of(from, to, datasets, timeframes);
        EngineConfig config = options.load().engine();
        return StopSignal.during(PATIENCE, spec, stop -> {
            try (RebuildReport report = new RebuildReport(spec.commandLine(), stop);
                    Tables tables = TableOptions.tables(config)) {
                tables.rebuild(scope, report);
                report.summary();
            }
        });
    }
}
