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

    private static final double NS_PER_US = 1e3;
    private static final double NS_PER_MS = 1e6;

    private Summary() {}

    static void print(PrintWriter out, Engine engine, LiveBoard board, double seconds, Path folder, boolean kept)
            throws IOException {
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
                "latency    p50 %s, p99 %s, p99.9 %s, max %s%n",
                time(latency.getValueAtPercentile(50)),
                time(latency.getValueAtPercentile(99)),
                time(latency.getValueAtPercentile(99.9)),
                time(latency.getMaxValue()));
        out.println("           from a frame's last byte read to the end of its callbacks");
        out.printf(
                Locale.ROOT,
                "journal    %,d records, %,d bytes%n",
                counters.value("journal.sequence"),
                counters.value("journal.bytes"));
        files(out, folder, kept);
        out.flush();
    }

    /** Ns in words. */
    static String time(long ns) {
        return ns < NS_PER_MS
                ? String.format(Locale.ROOT, "%d µs", Math.round(ns / NS_PER_US))
                : String.format(Locale.ROOT, "%.1f ms", ns / NS_PER_MS);
    }

    /** A journal's file is sparse: its length is what Chronicle reserves, far above what is written. */
    private static void files(PrintWriter out, Path folder, boolean kept) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            List<Path> files = walk.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".lock"))
                    .sorted()
                    .toList();
            out.printf(Locale.ROOT, "files      %d in %s%s%n", files.size(), folder, kept ? "" : ", now deleted");
            for (Path file : files) {
                boolean sparse = file.toString().endsWith(".cq4");
                out.printf(
                        Locale.ROOT,
                        "  %,13d  %s%s%n",
                        Files.size(file),
                        folder.relativize(file),
                        sparse ? "  (sparse: mostly reserved)" : "");
            }
        }
    }
}
