package dev.millrace.tools;

import dev.millrace.Engine;
import dev.millrace.config.EngineConfig;
import dev.millrace.market.Timeframe;
import java.io.PrintWriter;
import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;

/** The daemon at work, from its start to a signal or to another that takes over; what people see of it. */
final class Recording {

    private static final Duration FOR_EVER = Duration.ofDays(36_500);
    /** Beyond shutdown.deadline, for what is not drained but closed. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    /** Starts the engine. */
    interface Launch {
        Engine with(LiveBoard board) throws InterruptedException;
    }

    private final DaemonOptions daemon;
    private final EngineConfig config;
    private final Launch launch;

    Recording(DaemonOptions daemon, EngineConfig config, Launch launch) {
        this.daemon = daemon;
        this.config = config;
        this.launch = launch;
    }

    /** Records until it is over; the exit code. */
    int run() {
        return StopSignal.during(config.ops().shutdownDeadline().plus(GRACE), daemon.spec(), this::run);
    }

    private void run(StopSignal stop) throws InterruptedException {
        CommandSpec spec = daemon.spec();
        PrintWriter out = spec.commandLine().getOut();
        LiveBoard board = new LiveBoard(Timeframe.parse("1m"));
        try (Engine engine = launch.with(board)) {
            engine.plan().warnings().forEach(daemon::say);
            daemon.say("recording " + engine.plan().coins().size() + " coins into "
                    + config.data().dir() + ", log " + engine.log() + ", health and metrics on http://127.0.0.1:"
                    + engine.opsPort());
            Duration health = daemon.isQuiet() ? FOR_EVER : config.ops().healthInterval();
            PrintWriter err = spec.commandLine().getErr();
            Face face = new Face(
                    out, err, spec.qualifiedName(), engine, board, health, !daemon.isQuiet() && Face.onTerminal());
            if (!face.showUntil(stop, FOR_EVER)) {
                throw new IllegalStateException(
                        "stopped: " + engine.failure().getNow(null),
                        engine.failure().getNow(null));
            }
            daemon.say(
                    engine.successor().isDone()
                            ? "taken over by process " + engine.successor().getNow(0L) + "; stopping"
                            : "stopping");
        }
    }
}
