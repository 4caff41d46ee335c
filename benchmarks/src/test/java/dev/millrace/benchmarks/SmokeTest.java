package dev.millrace.benchmarks;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** One short iteration of each benchmark, in this JVM: none may rot unnoticed. Its figures mean nothing. */
class SmokeTest {

    @ParameterizedTest
    @ValueSource(
            classes = {
                DecodeBenchmark.class,
                OrderBenchmark.class,
                BarsBenchmark.class,
                JournalBenchmark.class,
                RingBenchmark.class
            })
    void shouldRunEachBenchmarkAndItsLimit(Class<?> benchmark) throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(benchmark.getName())
                        .forks(0)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .measurementTime(TimeValue.milliseconds(20))
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
        long limits = results.stream()
                .filter(result -> result.getPrimaryResult().getLabel().startsWith("limit"))
                .count();
        assertTrue(limits > 0 && limits < results.size(), () -> limits + " of " + results.size() + " are limits");
    }

    @Test
    void shouldMeasureTheRateForASecond() throws IOException, InterruptedException {
        CaptureRate.main(new String[] {"max", "1"});
    }
}
