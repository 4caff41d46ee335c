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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
        description = "Runs a local exchange that any Hyperliquid client can connect to.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  millrace simulate --port 8080",
            "  millrace simulate --port 0 --coins BTC,ETH --rate 1000 --duration 30s",
            "  millrace simulate --port 8080 --seed 7 --start 1790232000000",
            "  millrace simulate --port 8080 --file capture.jsonl.lz4 --speed 10x --loop",
            "  millrace simulate --fault mute:channel=trades,coin=BTC@10s --fault cut@30s",
            "  millrace simulate --script faults.txt --limits venue",
            "  millrace simulate --list-faults",
        })
final class SimulateCommand implements Callable<Integer> {

    /** How often it looks whether the stream has ended by itself. */
    private static final Duration STEP = Duration.ofMillis(50);

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "P",
            defaultValue = "0",
            description = "On 127.0.0.1; 0, the default: any free one, printed.")
    private int port;

    @Option(names = "--tls", description = "Speak TLS; the path of its certificate (PEM) is printed.")
    private boolean tls;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Decides the market; default ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--coins",
            paramLabel = "A,B",
            split = ",",
            description = "Without it eight, or those of the recording.")
    private List<String> coins = List.of();

    @Option(names = "--rate", paramLabel = "R|max", description = "Messages a second; without it a market's own pace.")
    private String rate;

    @Option(names = "--duration", paramLabel = "D", description = "Close this long after the first frame, such as 30s.")
    private Duration duration;

    @Option(
            names = "--start",
            paramLabel = "EPOCH_MS",
            description =
                    "Exchange time of the first frame; then equal seeds and subscriptions give equal bytes. Without it"
                            + " exchange time is this machine's.")
    private Long start;

    @Option(
            names = "--file",
            paramLabel = "RECORDING",
            description = "Play recorded frames: plain, .gz, .lz4 or a journal.")
    private Path file;

    @Option(
            names = "--speed",
            paramLabel = "1x|max",
            defaultValue = "1x",
            description = "Pace of the recording; default ${DEFAULT-VALUE}.")
    private String speed;

    @Option(names = "--loop", description = "Play the recording again and again.")
    private boolean loop;

    @Mixin
    private ConductOptions conduct = new ConductOptions();

    @Override
    public Integer call() throws IOException {
        if (conduct.list()) {
            conduct.print(spec.commandLine().getOut());
            return 0;
        }
        SimulatorConfig config = checkedConfig();
        return StopSignal.during(PATIENCE, spec, stop -> simulate(config, stop));
    }

    /** SIGTERM and Ctrl-C are the usual end of this command, hence exit code 0. */
    private void simulate(SimulatorConfig config, StopSignal stop) throws IOException, InterruptedException {
        try (Simulator simulator = Simulator.start(config)) {
            announce(simulator);
            boolean asked = false;
            while (!asked && !simulator.ended().isDone()) {
                asked = stop.await(STEP);
            }
        }
    }

    private SimulatorConfig checkedConfig() throws IOException {
        try {
            return config();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
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
                .withTls(tls)
                .withConduct(conduct.conduct());
        if (start == null) {
            config = config.withRealTime();
        }
        if (rate != null) {
            config = config.withPace(Pace.parse(rate));
        }
        if (file != null) {
            config = config.withRecording(new Recording(recording(), Recording.parseSpeed(speed), loop));
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
        RecordedFrames.Source source = recording();
        List<SimulatedCoin> recorded = RecordedCoins.of(source);
        return recorded.isEmpty() ? model : model.withCoins(recorded);
    }

    private RecordedFrames.Source recording() throws IOException {
        return Files.isDirectory(file) ? () -> new JournalFrames(file) : RecordingFile.of(file);
    }

    private void announce(Simulator simulator) {
        PrintWriter out = spec.commandLine().getOut();
        String pem = simulator.pem().map(path -> " pem " + path).orElse("");
        out.println("listening " + simulator.wsUrl() + " rest " + simulator.restUrl() + pem);
        out.flush();
    }
}
