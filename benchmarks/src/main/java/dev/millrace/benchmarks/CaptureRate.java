package dev.millrace.benchmarks;

import dev.millrace.Engine;
import dev.millrace.config.ConfigLoader;
import dev.millrace.config.EngineConfig;
import dev.millrace.metrics.Counters;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * What the daemon takes: a local exchange in a process of its own streams 70 % trades (1 to 12 each), 29 % books and 1 %
 * mids of 8 coins for some seconds, the daemon runs here with its default settings. Prints the figures of one run, from
 * the last acknowledgement to the last callback before the answered close.
 *
 * <p>Arguments: {@code max} or messages a second, seconds, then settings as {@code key=value}.
 */
public final class CaptureRate {

    private static final int WARM_UP_S = 5;
    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String[] THREADS = {"md-feed", "md-journal", "md-market"};

    /** The figures at one moment. */
    private record Reading(long ns, long frames, List<ThreadFigures> threads, Histogram latency) {

        static Reading of(Engine engine) {
            Histogram latency = engine.latency().snapshot();
            List<ThreadFigures> threads =
                    Arrays.stream(THREADS).map(ThreadFigures::of).toList();
            return new Reading(System.nanoTime(), latency.getTotalCount(), threads, latency);
        }

        double seconds(Reading earlier) {
            return (ns - earlier.ns) / 1e9;
        }
    }

    private final String rate;
    private final long seconds;
    private final List<String> settings;
    private final List<Reading> readings = new ArrayList<>();

    private CaptureRate(String rate, long seconds, List<String> settings) {
        this.rate = rate;
        this.seconds = seconds;
        this.settings = settings;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length < 2) {
            System.err.println("usage: CaptureRate max|MSGS_PER_S SECONDS [key=value …]");
            System.exit(2);
        }
        List<String> settings = List.of(args).subList(2, args.length);
        new CaptureRate(args[0], Long.parseLong(args[1]), settings).run();
    }

    private void run() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("millrace-rate-");
        Process exchange = startExchange();
        try (BufferedReader said = exchange.inputReader(StandardCharsets.UTF_8)) {
            String port = line(said);
            Engine engine = Engine.launch(config(port, folder), List.of());
            try (engine) {
                measure(engine, said);
            }
        } finally {
            exchange.destroy();
            delete(folder);
        }
    }

    /** The sender gets the flags and the class path of this process. */
    private Process startExchange() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> !flag.startsWith("-XX:StartFlightRecording"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), LocalExchange.class.getName()));
        command.addAll(List.of(rate, Long.toString(seconds)));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private EngineConfig config(String port, Path folder) {
        List<String> all = new ArrayList<>(List.of(
                "data.dir=" + folder,
                "hyperliquid.ws-url=ws://127.0.0.1:" + port + "/ws",
                "hyperliquid.rest-url=http://127.0.0.1:" + port,
                "feed.coins=all",
                "feed.channels=[trades, l2Book, allMids]",
                "roles=capture",
                "ops.port=0"));
        all.addAll(settings);
        return ConfigLoader.ofProcess().load(List.of(), all).engine();
    }

    private void measure(Engine engine, BufferedReader said) throws IOException {
        while (engine.feed().acknowledged() < engine.feed().asked()) {
            LockSupport.parkNanos(POLL_NS);
        }
        readings.add(Reading.of(engine));
        while (!said.ready()) {
            readSecond(engine, said);
        }
        String[] sent = line(said).split(" ", -1);
        long expected = Long.parseLong(sent[0]) + Long.parseLong(sent[1]);
        awaitHandled(engine, expected);
        readings.add(Reading.of(engine));
        print(engine, Long.parseLong(sent[2]), Long.parseLong(sent[3]));
    }

    private static String line(BufferedReader said) throws IOException {
        String line = said.readLine();
        if (line == null) {
            throw new IllegalStateException("the exchange's process ended early; its words are above");
        }
        return line;
    }

    private void readSecond(Engine engine, BufferedReader said) throws IOException {
        long untilNs = readings.get(0).ns() + TimeUnit.SECONDS.toNanos(readings.size());
        while (System.nanoTime() < untilNs && !said.ready()) {
            LockSupport.parkNanos(POLL_NS);
        }
        if (!said.ready()) {
            readings.add(Reading.of(engine));
        }
    }

    private static void awaitHandled(Engine engine, long expected) {
        long limitNs = System.nanoTime() + PATIENCE.toNanos();
        long handled = engine.latency().snapshot().getTotalCount();
        while (handled < expected && System.nanoTime() < limitNs) {
            LockSupport.parkNanos(POLL_NS);
            handled = engine.latency().snapshot().getTotalCount();
        }
        if (handled != expected) {
            throw new IllegalStateException(
                    "the exchange sent " + expected + " messages, the strategies had " + handled);
        }
    }

    private void print(Engine engine, long tradesSent, long exchangeCpuNs) {
        Counters counters = engine.counters();
        Reading first = readings.get(0);
        Reading last = readings.get(readings.size() - 1);
        long bytes = counters.value("feed.bytes");
        print("messages      %,d, all that were sent; %,d bytes, %,d each", last.frames, bytes, bytes / last.frames);
        print("per second    %s", perSecond());
        print("seconds       %.2f", last.seconds(first));
        print("rate          %,.0f messages/s", (last.frames - first.frames) / last.seconds(first));
        print(
                "trades        %,d of %,d accepted, %,d duplicates, %,d too old, %,d late for bars",
                counters.value("trades.accepted"),
                tradesSent,
                counters.value("trades.duplicates"),
                counters.value("trades.too-old"),
                counters.value("trades.late-unbarred"));
        print(
                "bars          %,d closed, %,d revised; %,d gap reports",
                counters.value("bars.closed"), counters.value("bars.revised"), counters.value("order.gaps"));
        print(
                "ring full     %,d times, %.2f s",
                counters.value("feed.ring-full"), counters.value("feed.ring-full-ns") / 1e9);
        print("exchange      %.0f ns of CPU a message", (double) exchangeCpuNs / last.frames);
        printSpan("whole run", first, last);
        if (readings.size() > WARM_UP_S + 2) {
            Reading warm = readings.get(WARM_UP_S);
            Reading end = readings.get(readings.size() - 2);
            printSpan("after " + WARM_UP_S + " s", warm, end);
        }
        long collections = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
        print("collections   %d", collections);
    }

    private void printSpan(String name, Reading from, Reading to) {
        long frames = to.frames - from.frames;
        print("%s: %,.0f messages/s", name, frames / to.seconds(from));
        for (int i = 0; i < THREADS.length; i++) {
            ThreadFigures used = to.threads.get(i).since(from.threads.get(i));
            if (used.cpuNs() > 0) {
                print(
                        "  %-11s %5.0f ns of CPU, %6.2f B allocated a message",
                        THREADS[i], (double) used.cpuNs() / frames, (double) used.allocatedBytes() / frames);
            }
        }
        Histogram latency = to.latency.copy();
        latency.subtract(from.latency);
        print(
                "  latency     p50 %,.0f, p99 %,.0f, p99.9 %,.0f, max %,.0f µs",
                latency.getValueAtPercentile(50) / 1e3,
                latency.getValueAtPercentile(99) / 1e3,
                latency.getValueAtPercentile(99.9) / 1e3,
                latency.getMaxValue() / 1e3);
    }

    private String perSecond() {
        List<String> rates = new ArrayList<>();
        for (int i = 1; i < readings.size(); i++) {
            Reading from = readings.get(i - 1);
            Reading to = readings.get(i);
            rates.add(String.format(Locale.ROOT, "%,.0f", (to.frames - from.frames) / to.seconds(from)));
        }
        return String.join(" ", rates);
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
