package dev.millrace.tools;

import dev.millrace.bars.BarsCsv;
import dev.millrace.journal.JournalReader;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.ErrorLog;
import dev.millrace.pipeline.Market;
import dev.millrace.replay.Pace;
import dev.millrace.replay.Replay;
import dev.millrace.simulator.Recording;
import dev.millrace.strategy.StrategyHost;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
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
        footer = "  millrace replay --journal data/journal --bars-csv bars.csv")
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

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        double times = Usage.of(spec, "--speed", () -> Recording.parseSpeed(speed));
        Pace pace = Double.isInfinite(times) ? Pace.MAX : Pace.recorded(times, ReplayCommand::nowNs, Pace.sleeper());
        Counters counters = new Counters();
        BarsCsvStrategy bars = new BarsCsvStrategy(new BarsCsv());
        StrategyHost host = new StrategyHost(() -> List.of(bars), counters, new ErrorLog(Clock.systemUTC()));
        Market market = new Market(host, (gap, receiveNs) -> {}, counters);
        long startNs = System.nanoTime();
        try (JournalReader reader = JournalReader.open(journal.folder());
                Progress progress = Progress.of("replay", "records", reader.lastSequence())) {
            long records = new Replay(reader, market, pace).run(progress.done());
            if (barsCsv != null) {
                write(bars.finished());
            }
            report(records, (System.nanoTime() - startNs) / 1e9, counters);
        }
        return ExitCode.DONE;
    }

    /** Whole or not at all. */
    private void write(BarsCsv csv) throws IOException {
        Path file = barsCsv.toAbsolutePath();
        Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
        try (Writer writer = Files.newBufferedWriter(unfinished)) {
            csv.write(writer);
        }
        Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
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
