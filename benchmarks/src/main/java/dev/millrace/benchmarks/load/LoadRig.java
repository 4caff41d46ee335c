package dev.millrace.benchmarks.load;

import dev.millrace.benchmarks.Markdown;
import dev.millrace.benchmarks.Results;
import dev.millrace.benchmarks.Surroundings;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * The daemon's latency at fixed rates: from the moment a message was due, and from the one it was written, to the end of
 * its last callback.
 *
 * <p>Arguments: seconds at each rate, then the rates in messages a second; without any 15 s at 2,000, 20,000 and 100,000.
 */
public final class LoadRig {

    private static final List<String> USUAL = List.of("15", "2000", "20000", "100000");

    private final Markdown page = new Markdown();

    private LoadRig() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        List<String> chosen = args.length == 0 ? USUAL : List.of(args);
        int[] rates = chosen.stream().skip(1).mapToInt(Integer::parseInt).toArray();
        new LoadRig().run(args, Integer.parseInt(chosen.get(0)), rates);
    }

    private void run(String[] args, int seconds, int[] rates) throws IOException, InterruptedException {
        page.line("# The daemon's latency at fixed rates");
        page.line("");
        Surroundings.print(page, LoadRig.class, args, ChildJvm.flags());
        int most = Arrays.stream(rates).max().orElseThrow(() -> new IllegalArgumentException("name a rate"));
        try (Place place = Place.make(Math.multiplyExact(most, seconds))) {
            page.line("- workload: %s", place.content());
            page.line("- profile: small, the role capture alone, bars of 1s and 1m, all else at its defaults");
            page.line(
                    "- included: loopback TCP, WebSocket, ring, journal with CRC, duplicates, coverage, bars, bar log");
            page.line("- not included: a network, TLS, a strategy's own work, the first quarter of each run");
            page.line("");
            page.line("Open loop: a message is due at its time, whatever the daemon does. µs:");
            page.table(
                    List.of("messages/s", "since", "p50", "p99", "p99.9", "max", "CPU µs a message, warm-up included"));
            for (int rate : rates) {
                measure(place.atRate(rate, rate * seconds), rate);
            }
        }
        page.save(Results.page("latency-at-rates.md"));
    }

    private void measure(LoadRun run, int rate) throws IOException, InterruptedException {
        LoadRun.Result result = run.of(Client.DAEMON);
        Latencies latencies = result.latencies().orElseThrow();
        page.row(String.format("%,d | due | ", rate)
                + Latencies.cells(latencies.fromDue())
                + String.format(" | %.1f", result.cpuUs()));
        page.row(String.format("%,d | written | ", rate) + Latencies.cells(latencies.fromWrite()) + " |");
    }
}
