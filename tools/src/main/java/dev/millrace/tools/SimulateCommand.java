package dev.millrace.tools;

import dev.millrace.simulator.MarketModel;
import dev.millrace.simulator.Pace;
import dev.millrace.simulator.RecordedCoins;
import dev.millrace.simulator.RecordedFrames;
import dev.millrace.simulator.Recording;
import dev.millrace.simulator.RecordingFile;
import dev.millrace.simulator.SimulatedCoin;
import dev.millrace.simulator.Simulator;
import dev.millrace.simulator.SimulatorConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code millrace simulate}: the local exchange. Prints one line that says where it listens, and ends after the duration
 * or on SIGTERM.
 */
@Command(
        name = "simulate",
        description = "Run a local exchange that any Hyperliquid client can connect to.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: millrace simulate --port 0 --coins BTC,ETH --rate 1000 --duration 30s"})
public final class SimulateCommand implements Callable<Integer> {

    private static final int FAILED = 1;

    @Spec
    private CommandSpec spec;

    @Option(names = "--port", paramLabel = "P", defaultValue = "0", description = "on 127.0.0.1; 0: any free one")
    private int port;

    @Option(names = "--tls", description = "speak TLS; the certificate's PEM file is printed")
    private boolean tls;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "decides the market (${DEFAULT-VALUE})")
    private long seed;

    @Option(
            names = "--coins",
            paramLabel = "A,B",
            split = ",",
            description = "default: eight, or those of the recording")
    private List<String> coins = List.of();

    @Option(names = "--rate", paramLabel = "R|max", description = "messages a second and connection; default: natural")
    private String rate;

    @Option(
            names = "--duration",
            paramLabel = "D",
            converter = DurationConverter.class,
            description = "close this long after the first frame, such as 30s")
    private Duration duration;

    @Option(names = "--start", paramLabel = "EPOCH_MS", description = "exchange time of the beginning; default: now")
    private Long start;

    @Option(names = "--file", paramLabel = "RECORDING", description = "play recorded frames: plain, .gz or .lz4")
    private Path file;

    @Option(names = "--speed", paramLabel = "1x|max", defaultValue = "1x", description = "of the recording")
    private String speed;

    @Option(names = "--loop", description = "play the recording again and again")
    private boolean loop;

    @Override
    public Integer call() {
        SimulatorConfig config;
        try {
            config = config();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        } catch (IOException e) {
            return failed(e);
        }
        try (Simulator simulator = Simulator.start(config)) {
            announce(simulator);
            return awaitEnd(simulator);
        } catch (IOException e) {
            return failed(e);
        }
    }

    private SimulatorConfig config() throws IOException {
        if (file != null && rate != null) {
            throw new IllegalArgumentException("--rate is for the simulated market; with --file use --speed");
        }
        if (file == null && loop) {
            throw new IllegalArgumentException("--loop needs --file");
        }
        long startMs = start == null ? System.currentTimeMillis() : start;
        SimulatorConfig config = SimulatorConfig.of(market(MarketModel.of(seed, startMs)))
                .withPort(port)
                .withTls(tls);
        if (rate != null) {
            config = config.withPace(Pace.parse(rate));
        }
        if (file != null) {
            config = config.withRecording(new Recording(RecordingFile.of(file), Recording.parseSpeed(speed), loop));
        }
        return duration == null ? config : config.withDuration(duration);
    }

    private MarketModel market(MarketModel model) throws IOException {
        if (!coins.isEmpty()) {
            return model.withCoins(coins.stream().map(SimulatedCoin::named).toList());
        }
        if (file == null) {
            return model;
        }
        RecordedFrames.Source source = RecordingFile.of(file);
        List<SimulatedCoin> recorded = RecordedCoins.of(source);
        return recorded.isEmpty() ? model : model.withCoins(recorded);
    }

    private void announce(Simulator simulator) {
        PrintWriter out = spec.commandLine().getOut();
        String pem = simulator.pem().map(path -> " pem " + path).orElse("");
        out.println("listening " + simulator.wsUrl() + " rest " + simulator.restUrl() + pem);
        out.flush();
    }

    /** SIGTERM and Ctrl-C are the usual end of this command, hence exit code 0. */
    private static int awaitEnd(Simulator simulator) {
        CompletableFuture<Void> ended = simulator.ended();
        Thread onSignal = new Thread(() -> {
            closeOrSay(simulator);
            Runtime.getRuntime().halt(0);
        });
        Runtime.getRuntime().addShutdownHook(onSignal);
        ended.join();
        Runtime.getRuntime().removeShutdownHook(onSignal);
        return 0;
    }

    private static void closeOrSay(Simulator simulator) {
        try {
            simulator.close();
        } catch (IOException e) {
            System.err.println("millrace simulate: " + e.getMessage());
        }
    }

    private int failed(IOException e) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("millrace simulate: " + e.getMessage());
        err.flush();
        return FAILED;
    }
}
