package dev.millrace.tools;

import dev.millrace.Engine;
import dev.millrace.metrics.Counters;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** What a run amounted to, printed at its end. */
final class Summary {

    private static final double MICROS = 1_000.0;

    private Summary() {}

    static void print(PrintWriter out, Engine engine, LiveBoard board, double seconds, Path folder) throws IOException {
        Counters counters = engine.counters();
        long frames = counters.value("feed.frames");
        out.println();
        out.printf(
                Locale.ROOT,
                "messages   %,d (%,.0f/s, %,d bytes)%n",
                frames,
                frames / seconds,
                counters.value("feed.bytes"));
        out.printf(
                Locale.ROOT,
                "trades     %,d accepted, %,d duplicates dropped, %,d too late for their bars%n",
                counters.value("trades.accepted"),
                counters.value("trades.duplicates"),
                counters.value("trades.late-unbarred"));
        out.printf(Locale.ROOT, "bars       %,d emitted%n", board.bars());
        out.printf(Locale.ROOT, "gaps       %,d; reconnects %,d%n", board.gaps(), counters.value("feed.reconnects"));
        Histogram latency = engine.latency().snapshot();
        out.printf(
                Locale.ROOT,
                "latency    p50 %.0f µs, p99 %.0f µs, p99.9 %.0f µs, max %.0f µs (frame's last byte read to callback)%n",
                latency.getValueAtPercentile(50) / MICROS,
                latency.getValueAtPercentile(99) / MICROS,
                latency.getValueAtPercentile(99.9) / MICROS,
                latency.getMaxValue() / MICROS);
        files(out, folder);
        out.flush();
    }

    private static void files(PrintWriter out, Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            List<Path> files = walk.filter(Files::isRegularFile).sorted().toList();
            out.printf(Locale.ROOT, "files      %d in %s%n", files.size(), folder);
            for (Path file : files) {
                out.printf(Locale.ROOT, "  %,14d  %s%n", Files.size(file), folder.relativize(file));
            }
        }
    }
}
