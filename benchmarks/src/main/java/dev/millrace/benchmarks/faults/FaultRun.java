package dev.millrace.benchmarks.faults;

import dev.millrace.benchmarks.Markdown;
import dev.millrace.benchmarks.Results;
import dev.millrace.benchmarks.Surroundings;
import dev.millrace.benchmarks.faults.Recorded.ToldGap;
import dev.millrace.market.Gap.Evidence;
import dev.millrace.simulator.Conduct;
import dev.millrace.simulator.MarketModel;
import dev.millrace.simulator.SimulatedCoin;
import dev.millrace.simulator.Simulator;
import dev.millrace.simulator.SimulatorConfig;
import dev.millrace.simulator.faults.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The daemon as it is packaged, in a process of its own, against the local exchange in this one: every fault of
 * {@code simulate --list-faults}, one after the other in one session, then a stop, and whether the promises hold: the
 * journal has what was sent, no trade is there twice, each missing one lies in a gap, what the log and {@code /health}
 * said was so, and a replay tells the same.
 *
 * <p>Arguments: a seed, then parts of the names of faults to run alone. Exit code 1 when a promise was broken.
 */
public final class FaultRun {

    /** Cadences must be known, or nothing can be late. */
    private static final Duration WARM_UP = Duration.ofSeconds(64);

    /** From the beginning of a slot to its fault: before that the counters are read, however long it takes. */
    private static final Duration LEAD = Duration.ofSeconds(2);

    private static final Duration COOL_DOWN = Duration.ofSeconds(8);
    private static final long LOOK_MS = 150;
    private static final int COINS = 5;

    private static final List<String> SETTINGS = List.of(
            "feed.coins=all",
            "feed.channels=[trades, l2Book, l2Book-fast, bbo, allMids, candle, activeAssetCtx]",
            "instruments.poll-interval=5 s",
            "sentiment.poll-interval=5 s",
            "collect.every=5 s",
            "collect.timeframes=[1m]",
            "collect.bars=20",
            "collect.funding=false",
            "quality.check-every=0 s",
            "universe.enabled=true",
            "universe.sample-interval=5 s",
            "rest.max-pause=2 s",
            "ops.port=0");

    private final long seed;
    private final List<Scenario> scenarios;
    private final List<List<Fault>> faults = new ArrayList<>();
    private final List<Map<String, Double>> counters = new ArrayList<>();
    private final Venue venue = new Venue();
    private final List<String> broken = new ArrayList<>();

    private FaultRun(long seed, List<Scenario> scenarios) {
        this.seed = seed;
        this.scenarios = scenarios;
        Duration at = WARM_UP;
        for (Scenario scenario : scenarios) {
            faults.add(scenario.faults(at.plus(LEAD)));
            at = at.plus(slot(scenario));
        }
    }

    private static Duration slot(Scenario scenario) {
        return LEAD.plus(scenario.slot());
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        long seed = args.length == 0 ? 1 : Long.parseLong(args[0]);
        List<String> names = List.of(args).subList(Math.min(1, args.length), args.length);
        Markdown page = new Markdown();
        page.line("# The daemon through every fault");
        page.line("");
        Surroundings.print(page, FaultRun.class, args, DaemonProcess.flags());
        boolean kept = run(seed, names, page);
        page.save(Results.scratch().resolve("fault-run.md"));
        System.exit(kept ? 0 : 1);
    }

    /**
     * Runs the faults of whose names one of these is a part, or all.
     *
     * @return whether every promise was kept
     */
    static boolean run(long seed, List<String> names, Markdown page) throws IOException, InterruptedException {
        List<Scenario> chosen = Scenarios.ALL.stream()
                .filter(one -> names.isEmpty() || names.stream().anyMatch(one.name()::contains))
                .toList();
        Path folder = Files.createTempDirectory(Results.scratch(), "faults-");
        FaultRun run = new FaultRun(seed, chosen);
        run.measure(folder, page);
        if (run.broken.isEmpty()) {
            delete(folder);
        } else {
            System.out.println("what was recorded stays in " + folder);
        }
        return run.broken.isEmpty();
    }

    private void measure(Path folder, Markdown page) throws IOException, InterruptedException {
        Path said = folder.resolve("said.txt");
        Path data = folder.resolve("data");
        long stopMs;
        Watch watch;
        try (Simulator exchange = exchange()) {
            try (DaemonProcess daemon = DaemonProcess.start(settings(exchange, data), said)) {
                watch = new Watch(data.resolve("control.sock"), daemon.ops());
                follow(watch);
                stopMs = System.currentTimeMillis();
                expectZero("the daemon's exit code after SIGTERM", daemon.stop());
            }
        }
        String journal = data.resolve("journal").toString();
        expectZero("journal verify", DaemonProcess.run(List.of("journal", "verify", journal), said));
        expectZero("replay --verify", DaemonProcess.run(List.of("replay", "--journal", journal, "--verify"), said));
        report(page, stopMs, watch, data);
    }

    private Simulator exchange() throws IOException {
        MarketModel market = MarketModel.of(seed, System.currentTimeMillis())
                .withCoins(SimulatedCoin.defaults().subList(0, COINS));
        Conduct conduct = Conduct.good()
                .withWitness(venue)
                .withFaults(faults.stream().flatMap(List::stream).toList());
        return Simulator.start(SimulatorConfig.of(market).withRealTime().withConduct(conduct));
    }

    private static List<String> settings(Simulator exchange, Path data) {
        List<String> all = new ArrayList<>(SETTINGS);
        all.add("data.dir=" + data);
        all.add("hyperliquid.ws-url=" + exchange.wsUrl());
        all.add("hyperliquid.rest-url=" + exchange.restUrl());
        all.add("sentiment.url=" + exchange.restUrl());
        return all;
    }

    /** Looks on until the last fault's slot is over; the counters are read where a slot begins. */
    private void follow(Watch watch) throws IOException, InterruptedException {
        for (int i = 0; i <= scenarios.size(); i++) {
            lookUntil(watch, beginMs(i));
            counters.add(watch.counters());
            if (i < scenarios.size()) {
                System.out.println(scenarios.get(i).name());
            }
        }
        lookUntil(watch, beginMs(scenarios.size()) + COOL_DOWN.toMillis());
    }

    private static void lookUntil(Watch watch, long untilMs) throws IOException, InterruptedException {
        while (System.currentTimeMillis() < untilMs) {
            watch.look();
            TimeUnit.MILLISECONDS.sleep(LOOK_MS);
        }
    }

    /** When the slot of a fault begins, ms since 1970. */
    private long beginMs(int index) {
        Duration at = WARM_UP;
        for (Scenario scenario : scenarios.subList(0, index)) {
            at = at.plus(slot(scenario));
        }
        return venue.startMs() + at.toMillis();
    }

    private void report(Markdown page, long stopMs, Watch watch, Path data) throws IOException {
        Recorded recorded = Recorded.read(data.resolve("journal"));
        Truth truth = new Truth(venue, recorded, stopMs - COOL_DOWN.toMillis() / 2);
        truth.check().forEach(this::breaks);
        List<LogLine> log = LogLine.read(data.resolve("log").resolve("millrace.log"));
        alarmsOf(log, 0, beginMs(0)).forEach(line -> breaks("before any fault: " + line.text()));
        page.table(List.of(
                "fault",
                "told by",
                "after, s",
                "lasted, s",
                "live again, s after its end",
                "trades missing",
                "gaps proven / unproven",
                "of these nothing missing",
                "as promised"));
        for (int i = 0; i < scenarios.size(); i++) {
            row(page, i, watch, recorded, truth, log);
        }
        page.line("");
        page.line(
                "%,d trades happened, %,d were accepted; of %,d messages %,d were under way when their connection ended.",
                truth.made(),
                recorded.trades.size(),
                venue.sent().stream().mapToLong(List::size).sum(),
                truth.unjournaled());
        page.line(broken.isEmpty() ? "Every promise was kept." : "Broken:");
        broken.forEach(what -> page.line("- %s", what));
    }

    private static List<LogLine> alarmsOf(List<LogLine> log, long fromMs, long toMs) {
        return between(log, fromMs, toMs).stream().filter(LogLine::alarm).toList();
    }

    private static List<LogLine> between(List<LogLine> log, long fromMs, long toMs) {
        return log.stream()
                .filter(line -> line.atMs() >= fromMs && line.atMs() < toMs)
                .toList();
    }

    private void row(Markdown page, int index, Watch watch, Recorded recorded, Truth truth, List<LogLine> log) {
        Scenario scenario = scenarios.get(index);
        Fault fault = faults.get(index).get(0);
        long fromMs = beginMs(index);
        long toMs = beginMs(index + 1);
        List<Long> strikes = venue.strikesOf(fault);
        if (strikes.isEmpty()) {
            breaks(scenario.name() + ": it never struck");
            return;
        }
        long endMs = fault.spanNanos() > 0
                ? fromMs + LEAD.toMillis() + TimeUnit.NANOSECONDS.toMillis(fault.spanNanos())
                : strikes.get(strikes.size() - 1);
        List<ToldGap> gaps = recorded.gaps.stream()
                .filter(told -> told.toldMs() >= fromMs && told.toldMs() < toMs)
                .toList();
        Outcome outcome = new Outcome(
                scenario,
                strikes.get(0),
                endMs,
                toMs,
                watch.between(fromMs, toMs),
                between(log, fromMs, toMs),
                gaps,
                risen(index));
        outcome.judge().forEach(complaint -> breaks(scenario.name() + ": " + complaint));
        long whole = gaps.stream()
                .filter(told -> told.gap().evidence() == Evidence.UNPROVEN && truth.isWhole(told))
                .count();
        page.row(outcome.row(truth.missing(fromMs, toMs), whole));
    }

    private Map<String, Double> risen(int index) {
        Map<String, Double> risen = new HashMap<>(counters.get(index + 1));
        counters.get(index).forEach((name, before) -> risen.merge(name, -before, Double::sum));
        return risen;
    }

    private void expectZero(String what, int code) {
        if (code != 0) {
            breaks(what + " was " + code);
        }
    }

    private void breaks(String what) {
        broken.add(what);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
