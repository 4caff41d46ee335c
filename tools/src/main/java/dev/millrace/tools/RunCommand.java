package dev.millrace.tools;

import dev.millrace.Engine;
import dev.millrace.config.EngineConfig;
import dev.millrace.market.Timeframe;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The daemon: records until a signal comes. */
@Command(
        name = "run",
        description = "Records the exchange until SIGTERM or Ctrl-C; exits 0 after a clean stop.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  millrace run --config config/mainnet.conf",
            "  millrace run --set feed.coins=BTC,ETH --set data.dir=/var/lib/millrace",
        })
final class RunCommand implements Callable<Integer> {

    private static final Duration FOR_EVER = Duration.ofDays(36_500);
    /** Beyond shutdown.deadline, for what is not drained but closed. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    @Mixin
    private ConfigOptions options;

    @Option(names = "--quiet", description = "No table and no health lines; changes of state are still told.")
    private boolean quiet;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        EngineConfig config = options.load().engine();
        return StopSignal.during(config.ops().shutdownDeadline().plus(GRACE), spec, stop -> run(config, stop));
    }

    private void run(EngineConfig config, StopSignal stop) throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        LiveBoard board = new LiveBoard(Timeframe.parse("1m"));
        try (Engine engine = Engine.launch(config, List.of(board))) {
            engine.plan().warnings().forEach(warning -> err.println("millrace run: " + warning));
            err.println("millrace run: recording " + engine.plan().coins().size() + " coins into "
                    + config.data().dir() + ", log " + engine.log() + ", health and metrics on http://127.0.0.1:"
                    + engine.opsPort());
            err.flush();
            Duration health = quiet ? FOR_EVER : config.ops().healthInterval();
            Face face = new Face(out, err, "millrace run", engine, board, health, !quiet && Face.onTerminal());
            if (!face.showUntil(stop, FOR_EVER)) {
                throw new IllegalStateException(
                        "stopped: " + engine.failure().getNow(null),
                        engine.failure().getNow(null));
            }
            err.println("millrace run: stopping");
            err.flush();
        }
    }
}
