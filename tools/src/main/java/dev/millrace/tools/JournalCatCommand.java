package dev.millrace.tools;

import dev.millrace.journal.CatFilter;
import dev.millrace.journal.JournalCat;
import dev.millrace.journal.JournalReader;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import dev.millrace.pipeline.BadFrames;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints records of a journal. */
@Command(
        name = "cat",
        description = "Prints records, by receive time [--from, --to), coin, kind or defect.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExample:%n",
        footer = "  millrace journal cat --from 2026-11-23T10:00 --coin BTC --json data/journal")
final class JournalCatCommand implements Callable<Integer> {

    private static final int BUFFER_BYTES = 1 << 16;

    @Option(names = "--from", paramLabel = "TIME", description = "Earliest receive time, inclusive.")
    private Instant from;

    @Option(names = "--to", paramLabel = "TIME", description = "Latest receive time, exclusive.")
    private Instant to;

    @Option(names = "--coin", paramLabel = "COIN", description = "Only frames that name this coin.")
    private String coin;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description =
                    "Only this kind: frame, rest, sentiment, archive, lifecycle, clock, session, gap or " + "universe.")
    private RecordKind kind;

    @Option(names = "--bad", description = "Only damaged records and frames that do not decode whole.")
    private boolean bad;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @Mixin
    private JournalOption journal;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        long fromNs = from == null ? Long.MIN_VALUE : nanos(from);
        long toNs = to == null ? Long.MAX_VALUE : nanos(to);
        if (fromNs >= toNs) {
            throw new ParameterException(spec.commandLine(), "--from " + from + " is not before --to " + to);
        }
        CatFilter filter = new CatFilter(fromNs, toNs, coin, kind, bad ? new BadFrames() : null);
        OutputStream out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER_BYTES);
        try {
            if (JournalCat.run(journal.folder(), filter, json, out, ignored -> {}) == 0) {
                refuseOutside(fromNs, toNs);
            }
        } catch (IOException e) {
            if (!"Broken pipe".equals(e.getMessage())) { // whoever reads has seen enough: head, less
                throw e;
            }
        }
        return ExitCode.DONE;
    }

    /**
     * A range outside what exists is refused with what exists. Not before nothing was found in it: receive times go back
     * where an old recording was imported.
     */
    private void refuseOutside(long fromNs, long toNs) {
        try (JournalReader reader = JournalReader.open(journal.folder())) {
            long firstNs = receiveNs(reader, reader.firstSequence());
            long lastNs = receiveNs(reader, reader.lastSequence());
            if (fromNs > Math.max(firstNs, lastNs) || toNs <= Math.min(firstNs, lastNs)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "nothing in that range: the journal's first record is of " + instant(firstNs) + ", its last of "
                                + instant(lastNs));
            }
        }
    }

    private static long receiveNs(JournalReader reader, long sequence) {
        MarketEvent record = new MarketEvent(0);
        reader.seekSequence(sequence);
        return reader.read(record) ? record.receiveNs() : 0;
    }

    private static Instant instant(long ns) {
        return Instant.ofEpochSecond(0, ns);
    }

    private static long nanos(Instant time) {
        return TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano();
    }
}
