package dev.millrace.tools;

import dev.millrace.Engine;
import dev.millrace.config.ConfigLoader;
import dev.millrace.config.EngineConfig;
import dev.millrace.market.Timeframe;
import dev.millrace.simulator.MarketModel;
import dev.millrace.simulator.Pace;
import dev.millrace.simulator.Simulator;
import dev.millrace.simulator.SimulatorConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A simulated exchange and the daemon on loopback: what Millrace does, without network or rights. */
@Command(
        name = "demo",
        description = "Records a simulated exchange on loopback and shows live bars and a summary.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  millrace demo", "  millrace demo --duration 30s --rate 2000 --keep"})
final class DemoCommand implements Callable<Integer> {

    private static final Duration FOR_EVER = Duration.ofDays(36_500);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration HEALTH_INTERVAL = Duration.ofSeconds(2);

    @Option(names = "--duration", paramLabel = "DURATION", description = "Stop after this; without it, at Ctrl-C.")
    private Duration duration = FOR_EVER;

    @Option(
            names = "--rate",
            paramLabel = "MSGS_PER_S|max",
            description = "Messages a second; without it, the pace of the real exchange.")
    private String rate;

    @Option(names = "--keep", description = "Keep the recorded data and say where it is.")
    private boolean keep;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Pace pace = rate == null ? Pace.natural() : Usage.of(spec, "--rate", () -> Pace.parse(rate));
        return StopSignal.during(PATIENCE, spec, stop -> {
            Path folder = Files.createTempDirectory("millrace-demo-");
            try {
                demo(pace, folder, stop);
            } finally {
                if (!keep) {
                    delete(folder);
                }
            }
        });
    }

    private void demo(Pace pace, Path folder, StopSignal stop) throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        MarketModel market = MarketModel.of(1, System.currentTimeMillis());
        LiveBoard board = new LiveBoard(Timeframe.parse("1s"));
        SimulatorConfig simulated = SimulatorConfig.of(market).withPace(pace).withRealTime();
        try (Simulator exchange = Simulator.start(simulated)) {
            out.println("exchange   " + exchange.wsUrl() + ", simulated in this process");
            out.println("recording  " + folder + (keep ? "" : ", deleted at the end; --keep keeps it"));
            out.println("until      " + (duration.equals(FOR_EVER) ? "Ctrl-C" : Usage.words(duration))
                    + ", then a summary");
            out.flush();
            Engine engine = Engine.launch(config(exchange, folder), List.of(board));
            long startNs = System.nanoTime();
            boolean sound;
            try (engine) {
                Face face = new Face(out, err, "millrace demo", engine, board, HEALTH_INTERVAL, Face.onTerminal());
                sound = face.showUntil(stop, duration);
            }
            Summary.print(out, engine, board, (System.nanoTime() - startNs) / 1e9, folder, keep);
            if (!sound) {
                Throwable cause = engine.failure().getNow(null);
                throw new IllegalStateException("stopped: " + cause, cause);
            }
        }
        if (keep) {
            Path journal = folder.resolve("journal");
            out.println("try        millrace journal ls " + journal);
            out.println("           millrace replay " + journal);
            out.flush();
        }
    }

    private static EngineConfig config(Simulator exchange, Path folder) {
        return ConfigLoader.ofProcess()
                .load(
                        List.of(),
                        List.of(
                                "data.dir=" + folder,
                                "hyperliquid.ws-url=" + exchange.wsUrl(),
                                "hyperliquid.rest-url=" + exchange.restUrl(),
                                "sentiment.url=" + exchange.restUrl(),
                                "feed.coins=all",
                                "feed.channels=[trades, l2Book, l2Book-fast, bbo, allMids, candle, activeAssetCtx]",
                                "feed.subscribe-per-second=1000",
                                "ops.port=0"))
                .engine();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
