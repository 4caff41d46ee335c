package dev.millrace.tools;

import dev.millrace.config.EngineConfig;
import dev.millrace.config.SessionHeader;
import dev.millrace.config.StartReason;
import dev.millrace.journal.JournalImport;
import dev.millrace.journal.JournalWriter;
import dev.millrace.market.NanoClock;
import dev.millrace.metrics.Counters;
import dev.millrace.ops.EngineVersion;
import dev.millrace.pipeline.LocalClock;
import dev.millrace.pipeline.Market;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.LongConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Recordings into a journal, as one session. */
@Command(
        name = "import",
        description = {
            "Appends recorded frames as one session: lines '<receive ns> <frame>', the archive's",
            "{\"time\",\"ver_num\",\"raw\"} lines or bare frames; plain, .gz or .lz4.",
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExample:%n",
        footer = "  millrace journal import capture.jsonl.lz4 --journal data/journal")
final class JournalImportCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "Recordings, in order; without --journal the last is DIR.")
    private List<Path> files;

    @Option(names = "--journal", paramLabel = "DIR", description = "Folder of the journal; created when missing.")
    private Path folder;

    @Mixin
    private ConfigOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        List<Path> recordings = new ArrayList<>(files);
        Path dir = folder != null ? folder : recordings.remove(recordings.size() - 1);
        if (recordings.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "name the recordings and the journal's folder");
        }
        EngineConfig config = options.load().engine();
        return StopSignal.during(PATIENCE, spec, stop -> run(recordings, dir, config, stop));
    }

    private void run(List<Path> recordings, Path dir, EngineConfig config, StopSignal stop) throws IOException {
        NanoClock clock = LocalClock.system();
        JournalImport.Result result;
        try (Progress progress = Progress.of("import", "bytes", JournalImport.totalBytes(recordings))) {
            LongConsumer done = progress.done();
            JournalImport checked = JournalImport.check(recordings, bytes -> {
                if (stop.isAsked()) {
                    throw new CancellationException("interrupted");
                }
                done.accept(bytes);
            });
            try (JournalWriter writer = JournalWriter.open(dir, config.journal(), clock, new Counters())) {
                result = checked.append(writer, header(config).toPayload(), clock.nowNs());
            }
        }
        spec.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        "%,d frames imported, sequences %d to %d%n",
                        result.frames(),
                        result.firstSequence(),
                        result.lastSequence());
    }

    private static SessionHeader header(EngineConfig config) {
        return new SessionHeader(
                EngineVersion.text(),
                Market.SEMANTICS_VERSION,
                StartReason.IMPORT,
                config.hyperliquid().environment(),
                "unknown",
                "",
                "",
                config.results());
    }
}
