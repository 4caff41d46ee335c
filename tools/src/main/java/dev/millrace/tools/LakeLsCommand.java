package dev.millrace.tools;

import dev.millrace.lake.Lake;
import dev.millrace.lake.LakeException;
import dev.millrace.lake.Partition;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What a lake holds. */
@Command(
        name = "ls",
        description = "Lists the datasets and symbols of a lake: days, rows, bytes.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExample:%n",
        footer = "  millrace lake ls --lake data/lake")
final class LakeLsCommand implements Callable<Integer> {

    @Mixin
    private LakeOption option;

    @Spec
    private CommandSpec spec;

    private final Map<String, LakeSeries> series = new TreeMap<>();
    private int problems;

    @Override
    public Integer call() {
        Lake lake = option.lake();
        List<Partition> partitions = lake.partitions();
        try (Progress progress = Progress.of("ls", "files", partitions.size())) {
            for (int i = 0; i < partitions.size(); i++) {
                add(lake, partitions.get(i));
                progress.done().accept(i + 1);
            }
        }
        print("dataset", "symbol", "from", "to", "days", "rows", "bytes");
        for (LakeSeries one : series.values()) {
            print(
                    one.dataset(),
                    one.symbol(),
                    one.first(),
                    one.last(),
                    number(one.days()),
                    number(one.rows()),
                    number(one.bytes()));
        }
        return problems == 0 ? ExitCode.DONE : ExitCode.DATA_DAMAGED;
    }

    /** A file that cannot be read is told and left out. */
    private void add(Lake lake, Partition partition) {
        try {
            long rows = lake.facts(partition).rows();
            LakeSeries one = new LakeSeries(partition, rows, lake.bytes(partition));
            series.merge(partition.dataset() + " " + partition.symbol(), one, LakeSeries::and);
        } catch (LakeException e) {
            spec.commandLine().getErr().println(e.getMessage());
            problems++;
        }
    }

    private void print(Object... cells) {
        spec.commandLine().getOut().printf(Locale.ROOT, "%-14s %-16s %-10s  %-10s %7s %17s %17s%n", cells);
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
