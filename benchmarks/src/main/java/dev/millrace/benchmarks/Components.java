package dev.millrace.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Every benchmark by JMH, each beside its bare limit, and the page of their figures. Takes JMH's options; those named
 * first are run alone. Exits with 1 when decoding, order or bars allocate.
 */
public final class Components {

    private static final List<Class<?>> ALL = List.of(
            DecodeBenchmark.class,
            OrderBenchmark.class,
            BarsBenchmark.class,
            JournalBenchmark.class,
            RingBenchmark.class);
    private static final List<Class<?>> FREE_OF_GARBAGE =
            List.of(DecodeBenchmark.class, OrderBenchmark.class, BarsBenchmark.class);
    private static final List<String> FLAGS = List.of("-Xms1g", "-Xmx1g");
    /** JMH's own objects are a byte or two on a busy machine; the least object would be 16. */
    private static final double LEAST_OBJECT = 8;

    private final Markdown page = new Markdown();
    private boolean allocates;

    private Components() {}

    public static void main(String[] args) throws RunnerException, CommandLineOptionException, IOException {
        Components components = new Components();
        components.run(args);
        System.exit(components.allocates ? 1 : 0);
    }

    private void run(String[] args) throws RunnerException, CommandLineOptionException, IOException {
        long startNs = System.nanoTime();
        CommandLineOptions options = new CommandLineOptions(args);
        ChainedOptionsBuilder builder = new OptionsBuilder()
                .parent(options)
                .addProfiler(GCProfiler.class)
                .jvmArgsAppend(FLAGS.toArray(String[]::new));
        if (options.getIncludes().isEmpty()) {
            ALL.forEach(benchmark -> builder.include(benchmark.getName()));
        }
        Collection<RunResult> results = new Runner(builder.build()).run();
        page.line("# The parts, each beside its bare limit");
        page.line("");
        Surroundings.print(page, Components.class, args, FLAGS);
        page.line(
                "- JMH %s, means with their 99.9 %% error; B/op by its GC profiler, all threads of the JVM together",
                org.openjdk.jmh.util.Version.getPlainVersion());
        page.line("- workload: each class says what one operation is");
        page.line(
                "- not included: what the parts cost each other in one process (caches, the other core), a disk's limit");
        for (Class<?> benchmark : ALL) {
            print(
                    benchmark,
                    results.stream().filter(result -> isOf(benchmark, result)).toList());
        }
        page.line("");
        page.line(allocates ? "**Decoding, order or bars ALLOCATE.**" : "Decoding, order and bars allocate nothing.");
        page.line("The whole took %d s.", (System.nanoTime() - startNs) / 1_000_000_000);
        page.save(Results.page("components.md"));
    }

    private static boolean isOf(Class<?> benchmark, RunResult result) {
        return result.getParams().getBenchmark().startsWith(benchmark.getName() + '.');
    }

    private void print(Class<?> benchmark, List<RunResult> results) {
        if (results.isEmpty()) {
            return;
        }
        page.heading("## " + benchmark.getSimpleName());
        page.table(List.of("what", "with", "ns", "±", "B/op", "÷ limit"));
        for (RunResult result : results) {
            double bytes =
                    result.getSecondaryResults().get("gc.alloc.rate.norm").getScore();
            allocates |= FREE_OF_GARBAGE.contains(benchmark) && bytes >= LEAST_OBJECT;
            page.row(String.format(
                    Locale.ROOT,
                    "%s | %s | %,.1f | %,.1f | %.2f | %s",
                    result.getPrimaryResult().getLabel(),
                    parameters(result),
                    result.getPrimaryResult().getScore(),
                    result.getPrimaryResult().getScoreError(),
                    bytes,
                    ratios(result, results)));
        }
    }

    /** A figure in multiples of each limit with the same parameters. */
    private static String ratios(RunResult result, List<RunResult> all) {
        if (isLimit(result)) {
            return "";
        }
        List<String> ratios = new ArrayList<>();
        for (RunResult other : all) {
            if (isLimit(other) && parameters(other).equals(parameters(result))) {
                double ratio = result.getPrimaryResult().getScore()
                        / other.getPrimaryResult().getScore();
                ratios.add(String.format(Locale.ROOT, "%.1f", ratio));
            }
        }
        return String.join(", ", ratios);
    }

    private static boolean isLimit(RunResult result) {
        return result.getPrimaryResult().getLabel().startsWith("limit");
    }

    private static String parameters(RunResult result) {
        var parameters = result.getParams();
        return Stream.of(parameters.getParamsKeys().toArray(String[]::new))
                .map(parameters::getParam)
                .collect(Collectors.joining(" "));
    }
}
