package dev.millrace.tools;

import dev.millrace.rebuild.RebuildListener;
import dev.millrace.store.PartitionChange;
import java.time.LocalDate;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import picocli.CommandLine;

/** Shows how a rebuild gets on: a bar for each stage, a line for each partition, and what was left. */
final class RebuildReport implements RebuildListener, AutoCloseable {

    private final CommandLine command;
    private final StopSignal stop;
    private Progress bar;
    private String stage = "";
    private long changed;
    private long same;
    private long left;

    /** @param stop ends the rebuild between two steps */
    RebuildReport(CommandLine command, StopSignal stop) {
        this.command = command;
        this.stop = stop;
    }

    @Override
    public void progress(String nowStage, long done, long of) {
        if (stop.isAsked()) {
            throw new CancellationException(
                    "interrupted; the days told of are new, the others as they were: run it again to finish");
        }
        if (!nowStage.equals(stage)) {
            close();
            stage = nowStage;
            bar = Progress.of("rebuild", nowStage, of);
        }
        bar.done().accept(done);
    }

    @Override
    public void rebuilt(PartitionChange change) {
        if (change.isChanged()) {
            changed++;
        } else {
            same++;
        }
        command.getOut()
                .println(change.partition() + (change.isChanged() ? "  changed  " : "  same  ") + words(change));
    }

    private static String words(PartitionChange change) {
        return change.isChanged() ? words(change.before()) + " -> " + words(change.after()) : words(change.after());
    }

    private static String words(PartitionChange.Rows rows) {
        return String.format(Locale.ROOT, "%,d rows %s", rows.count(), rows.digest());
    }

    @Override
    public void left(LocalDate day, String why) {
        left++;
        command.getErr().println(day + " left as it is: " + why);
        command.getErr().flush();
    }

    void summary() {
        command.getOut()
                .printf(
                        Locale.ROOT,
                        "%,d partitions made again, %,d of them changed; %,d left%n",
                        changed + same,
                        changed,
                        left);
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
