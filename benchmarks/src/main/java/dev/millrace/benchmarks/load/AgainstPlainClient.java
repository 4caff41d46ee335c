package dev.millrace.benchmarks.load;

import dev.millrace.benchmarks.Markdown;
import dev.millrace.benchmarks.Results;
import dev.millrace.benchmarks.Surroundings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The daemon against what a user writes in an afternoon, and against the bare limits of the same cores: clients take
 * turns, round by round, and medians are compared. Each client and its sender are new processes each time, so a round
 * holds the warm-up of both.
 *
 * <p>Arguments: messages of a burst, rounds, how often the burst is played for a sustained run, messages at the moderate
 * rate; without any 600000 3 15 40000. A 0 for the third or the last leaves its part out.
 */
public final class AgainstPlainClient {

    /** Fifteen times: of a shorter run the warm-up is too great a part to call it sustained. */
    private static final List<String> USUAL = List.of("600000", "3", "15", "40000");

    private static final int MODERATE = 2_000;

    private static final double BURST_TARGET = 4;
    private static final double SUSTAINED_TARGET = 0.7;

    private final Markdown page = new Markdown();
    private final int rounds;

    private AgainstPlainClient(int rounds) {
        this.rounds = rounds;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        List<String> chosen = args.length == 0 ? USUAL : List.of(args);
        if (chosen.size() != USUAL.size()) {
            System.err.println("usage: AgainstPlainClient [MESSAGES ROUNDS TIMES MODERATE_MESSAGES]");
            System.exit(2);
        }
        int[] numbers = chosen.stream().mapToInt(Integer::parseInt).toArray();
        new AgainstPlainClient(numbers[1]).run(args, numbers[0], numbers[2], numbers[3]);
    }

    private void run(String[] args, int messages, int times, int moderate) throws IOException, InterruptedException {
        long startNs = System.nanoTime();
        page.line("# The daemon against a plain client");
        page.line("");
        Surroundings.print(page, AgainstPlainClient.class, args, ChildJvm.flags());
        try (Place place = Place.make(Math.max(messages, moderate))) {
            describe(place.content());
            burst(place.max(1));
            profile(place);
            if (moderate > 0) {
                latency(place.atRate(MODERATE, moderate));
            }
            if (times > 0) {
                sustained(place.max(times), times); // last: the disk is still written to long after it
            }
        }
        page.line("");
        page.line("The whole took %d s.", (System.nanoTime() - startNs) / 1_000_000_000);
        page.save(Results.page("against-plain-client.md"));
    }

    private void describe(Workload content) {
        page.line("- workload: %s; 8 coins, the same bytes for every client", content);
        page.line(
                "- the daemon: profile small, journal with CRC, duplicates, coverage, bar log, bars of 1s and 1m, one");
        page.line("  strategy that counts; the role capture alone, all else at its defaults");
        page.line(
                "- the plain client: Java-WebSocket, Jackson's data binding to records, a map of books, bars of 1s and 1m");
        page.line("  in doubles; it keeps nothing and recognises neither duplicates nor gaps");
        page.line(
                "- the sender, a process of its own on the same cores, writes as fast as the client takes, 64 KiB at a time");
        page.line(
                "- time: from the first message written to the later of the answered close and the last callback; JVMs start");
        page.line("  cold: the warm-up of each client is in its time");
        page.line("- not included: a network, TLS, a strategy's own work, the start of the processes");
    }

    private void burst(LoadRun run) throws IOException, InterruptedException {
        page.heading("## In a burst within the page cache");
        var results = inTurn(run, List.of(Client.DAEMON, Client.PLAIN));
        table(results);
        double ratio = median(results.get(Client.DAEMON), LoadRun.Result::perSecond)
                / median(results.get(Client.PLAIN), LoadRun.Result::perSecond);
        page.line("");
        page.line(
                "**%.2f times the plain client's rate**; aimed at: %.0f times, %s.",
                ratio, BURST_TARGET, verdict(ratio >= BURST_TARGET));
    }

    private void sustained(LoadRun run, int times) throws IOException, InterruptedException {
        page.heading("## Sustained");
        page.line("The workload %d times in one connection, each time with later exchange times; onto a disk.", times);
        var results = inTurn(run, List.of(Client.DAEMON, Client.BARE_READ, Client.BARE_APPEND));
        table(results);
        double lowest = Math.min(
                median(results.get(Client.BARE_READ), LoadRun.Result::perSecond),
                median(results.get(Client.BARE_APPEND), LoadRun.Result::perSecond));
        double ratio = median(results.get(Client.DAEMON), LoadRun.Result::perSecond) / lowest;
        page.line("");
        page.line(
                "**%.3f of the lowest bare limit** that shares the cores with the same sender, %,.0f messages/s; aimed at: "
                        + "%.1f, %s.",
                ratio, lowest, SUSTAINED_TARGET, verdict(ratio >= SUSTAINED_TARGET));
        page.line("");
        LoadRun.Result last = results.get(Client.DAEMON).get(rounds - 1);
        last.cpu().print(page, last.messages());
    }

    private void latency(LoadRun run) throws IOException, InterruptedException {
        page.heading(String.format(Locale.ROOT, "## At %,d messages/s", MODERATE));
        page.line(
                "From write to the end of a message's last callback, µs; the first quarter of each run is left out. The");
        page.line(
                "last two columns part the p50 of trades: until the client has read the frame (the socket, a thread that");
        page.line("wakes, the WebSocket library), and from there to the callback.");
        var results = inTurn(run, List.of(Client.DAEMON, Client.PLAIN));
        page.table(List.of(
                "client",
                "round",
                "p50",
                "p99",
                "p99.9",
                "max",
                "p50 since due",
                "p99 since due",
                "p50 to read",
                "p50 from read"));
        results.forEach(this::latencyRows);
        double daemon = median(results.get(Client.DAEMON), result -> p50(result));
        double plain = median(results.get(Client.PLAIN), result -> p50(result));
        page.line("");
        page.line(
                "**p50 %.1f µs against %.1f µs** (medians); aimed at: at or below, %s.",
                daemon / 1e3, plain / 1e3, verdict(daemon <= plain));
    }

    private void latencyRows(Client client, List<LoadRun.Result> results) {
        for (int round = 0; round < results.size(); round++) {
            Latencies latencies = results.get(round).latencies().orElseThrow();
            page.row(client.title + " | " + (round + 1) + " | " + Latencies.cells(latencies.fromWrite())
                    + String.format(
                            Locale.ROOT,
                            " | %,.0f | %,.0f | %,.0f | %,.0f",
                            latencies.fromDue().getValueAtPercentile(50) / 1e3,
                            latencies.fromDue().getValueAtPercentile(99) / 1e3,
                            latencies.toRead().getValueAtPercentile(50) / 1e3,
                            latencies.fromRead().getValueAtPercentile(50) / 1e3));
        }
    }

    private static double p50(LoadRun.Result result) {
        return result.latencies().orElseThrow().fromWrite().getValueAtPercentile(50);
    }

    /** One more burst, recorded: what stands in the way of more. */
    private void profile(Place place) throws IOException, InterruptedException {
        page.heading("## Where the daemon's time goes in a burst");
        Path recording = place.folder().resolve("daemon.jfr");
        // JFR's first words would come between the lines of the outcome.
        List<String> recorded =
                List.of("-Xlog:jfr+startup=error", "-XX:StartFlightRecording=settings=profile,filename=" + recording);
        LoadRun.Result result = place.max(1).of(Client.DAEMON, recorded);
        result.cpu().print(page, result.messages());
        TopFrames.of(recording).print(page);
    }

    private Map<Client, List<LoadRun.Result>> inTurn(LoadRun run, List<Client> clients)
            throws IOException, InterruptedException {
        Map<Client, List<LoadRun.Result>> results = new EnumMap<>(Client.class);
        for (int round = 0; round < rounds; round++) {
            for (Client client : clients) {
                LoadRun.Result result = run.of(client);
                System.out.printf(
                        Locale.ROOT, "%s: %,.0f messages/s in %.1f s%n", client, result.perSecond(), result.seconds());
                results.computeIfAbsent(client, key -> new ArrayList<>()).add(result);
            }
        }
        return results;
    }

    private void table(Map<Client, List<LoadRun.Result>> results) {
        page.table(List.of("client", "messages/s, by round", "median", "CPU µs a message", "bars closed"));
        results.forEach((client, all) -> page.row(String.join(
                " | ",
                client.title,
                String.join(
                        ", ",
                        all.stream().map(r -> format("%,.0f", r.perSecond())).toList()),
                format("%,.0f", median(all, LoadRun.Result::perSecond)),
                format("%.2f", median(all, LoadRun.Result::cpuUs)),
                client.hasCallbacks() ? format("%,.0f", median(all, LoadRun.Result::bars)) : "")));
    }

    private static String format(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    private static double median(List<LoadRun.Result> results, ToDoubleFunction<LoadRun.Result> figure) {
        double[] sorted = results.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static String verdict(boolean reached) {
        return reached ? "reached" : "**not reached**";
    }
}
