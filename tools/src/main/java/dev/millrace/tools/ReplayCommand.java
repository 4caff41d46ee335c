package dev.millrace.tools;

import dev.millrace.Engine;
import dev.millrace.bars.BarsCsv;
import dev.millrace.journal.JournalReader;
import dev.millrace.market.EmittedBarSink;
import dev.millrace.market.TickSink;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.ErrorLog;
import dev.millrace.ops.EngineVersion;
import dev.millrace.pipeline.Market;
import dev.millrace.replay.Pace;
import dev.millrace.replay.Replay;
import dev.millrace.simulator.Recording;
import dev.millrace.state.SnapshotFolder;
import dev.millrace.strategy.StrategyHost;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The journal through the same market as live. */
@Command(
        name = "replay",
        description = "Replays a journal through the handlers that ran live.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExample:%n",
        footer = {
            "  millrace replay --journal data/journal --bars-csv bars.csv",
            "  millrace replay --journal data/journal --verify"
        })
final class ReplayCommand implements Callable<Integer> {

    @Mixin
    private JournalOption journal;

    @Option(
            names = "--speed",
            paramLabel = "max|1x|10x",
            defaultValue = "max",
            description = "As fast as it goes, or so many times the recorded pace; default ${DEFAULT-VALUE}.")
    private String speed;

    @Option(names = "--bars-csv", paramLabel = "FILE", description = "Write the last revision of each bar.")
    private Path barsCsv;

    @Option(
            names = "--verify",
            description = {
                "Compare bars and gaps with what live left.",
                "Exit 0: equal; 1: different; 2: nothing to compare."
            })
    private boolean verify;

    @Option(
            names = "--bars",
            paramLabel = "DIR",
            description = "The bar log to compare with; default: bars beside the journal.")
    private Path barLog;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = {
                "The snapshots to start from where the journal's beginning",
                "was deleted; default: state beside the journal."
            })
    private Path state;

    @Option(names = "--skip-damaged", description = "Go on behind damaged records and say how many were skipped.")
    private boolean skipDamaged;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        double times = Usage.of(spec, "--speed", () -> Recording.parseSpeed(speed));
        Pace pace = Double.isInfinite(times) ? Pace.MAX : Pace.recorded(times, ReplayCommand::nowNs, Pace.sleeper());
        Counters counters = new Counters();
        BarsCsvStrategy bars = new BarsCsvStrategy(new BarsCsv());
        StrategyHost host = new StrategyHost(() -> List.of(bars), counters, new ErrorLog(Clock.systemUTC()));
        long startNs = System.nanoTime();
        try (JournalReader reader = JournalReader.open(journal.folder());
                ReplayVerification verification = new ReplayVerification(beside(barLog, "bars"));
                WholeFile file = barsCsv == null ? null : WholeFile.create(barsCsv);
                Progress progress = Progress.of("replay", "records", reader.lastSequence())) {
            EmittedBarSink log = verify ? verification.bars() : EmittedBarSink.NONE;
            Market market = new Market(host, verification.gaps(), log, TickSink.NONE, counters);
            Replay replay = new Replay(reader, market, pace).annotationsTo(verification::onAnnotation);
            verification.bars().startAt(start(replay, reader));
            long records = (skipDamaged ? replay.skipDamaged() : replay).run(progress.done());
            if (file != null) {
                Writer writer = new OutputStreamWriter(file.out(), StandardCharsets.UTF_8);
                bars.finished().write(writer);
                writer.flush();
                file.finish();
            }
            report(records, (System.nanoTime() - startNs) / 1e9, counters);
            reportSkipped(replay.skipped());
            CommandLine line = spec.commandLine();
            return verify ? verification.report(replay.lastSequence(), line.getOut(), line.getErr()) : ExitCode.DONE;
        }
    }

    /** Retention may have deleted the journal's beginning; then its oldest snapshot knows what came before. */
    private long start(Replay replay, JournalReader reader) throws IOException {
        long first = reader.firstSequence();
        if (first <= 1) {
            return first;
        }
        Path folder = beside(state, "state");
        long from = replay.afterOldest(
                new SnapshotFolder(folder, Engine.ROLE, EngineVersion.text(), Market.SEMANTICS_VERSION));
        spec.commandLine()
                .getErr()
                .println("the journal begins with record " + first
                        + (from > 0
                                ? "; replayed behind record " + from + ", at which its oldest snapshot stands"
                                : "; no snapshot of it in " + folder
                                        + ", so bars are complete only from the next reconnection on"));
        return from > 0 ? from + 1 : first;
    }

    private Path beside(Path given, String name) {
        return given == null ? journal.folder().toAbsolutePath().normalize().resolveSibling(name) : given;
    }

    private void reportSkipped(long skipped) {
        if (skipped > 0) {
            spec.commandLine()
                    .getErr()
                    .printf(
                            Locale.ROOT,
                            "%,d damaged records were skipped; the bars they may have touched are not complete%n",
                            skipped);
        }
    }

    private void report(long records, double seconds, Counters counters) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "%,d records in %.1f s (%,.0f/s): %,d trades accepted, %,d bars closed, %,d revised, %,d gaps%n",
                records,
                seconds,
                records / seconds,
                counters.value("trades.accepted"),
                counters.value("bars.closed"),
                counters.value("bars.revised"),
                counters.value("order.gaps"));
    }

    private static long nowNs() {
        return System.nanoTime();
    }
}
