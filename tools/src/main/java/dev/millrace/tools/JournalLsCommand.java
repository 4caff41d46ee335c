package dev.millrace.tools;

import dev.millrace.journal.JournalList;
import dev.millrace.journal.JournalReader;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What a journal holds. */
@Command(
        name = "ls",
        description =
                "Lists the files and sessions of a journal: sequences, times, records, bytes; .lz4 is compressed.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExample:%n",
        footer = "  millrace journal ls data/journal")
final class JournalLsCommand implements Callable<Integer> {

    private static final String ROW = "%-20s %13s %13s  %-24s  %-24s %15s %15s  %s%n";

    @Mixin
    private JournalOption journal;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (JournalReader reader = JournalReader.open(journal.folder());
                Progress progress = Progress.of("ls", "records", reader.lastSequence())) {
            JournalList.Listing listing = JournalList.run(journal.folder(), progress.done());
            print(out, "file", listing.files(), listing.diskBytes());
            out.println();
            print(out, "session", listing.sessions(), Map.of());
        }
        return ExitCode.DONE;
    }

    private static void print(PrintWriter out, String what, List<JournalList.Part> parts, Map<String, Long> diskBytes) {
        out.printf(
                Locale.ROOT,
                ROW,
                what,
                "first",
                "last",
                "from",
                "to",
                "bytes",
                diskBytes.isEmpty() ? "" : "on disk",
                "records");
        for (JournalList.Part part : parts) {
            String kinds = part.records().entrySet().stream()
                    .map(kind -> kind.getKey() + " " + kind.getValue())
                    .collect(Collectors.joining(", "));
            out.printf(
                    Locale.ROOT,
                    ROW,
                    part.name(),
                    part.firstSequence(),
                    part.lastSequence(),
                    time(part.firstReceiveNs()),
                    time(part.lastReceiveNs()),
                    String.format(Locale.ROOT, "%,d", part.bytes()),
                    onDisk(diskBytes.get(part.name())),
                    kinds);
        }
    }

    /** Nothing for a session, and for a file that was compressed or deleted since it was read. */
    private static String onDisk(Long bytes) {
        return bytes == null ? "" : String.format(Locale.ROOT, "%,d", bytes);
    }

    private static Instant time(long ns) {
        return Instant.ofEpochMilli(TimeUnit.NANOSECONDS.toMillis(ns)).truncatedTo(ChronoUnit.MILLIS);
    }
}
