package dev.millrace.tools;

import dev.millrace.StoreDaemon;
import dev.millrace.config.EngineConfig;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The daemon that only stores, at work until a signal; what people see of it. */
final class Storing {

    private static final Duration STEP = Duration.ofMillis(250);
    /** Beyond shutdown.deadline, for what is not drained but closed. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final DaemonOptions daemon;
    private final EngineConfig config;
    private List<String> shown = List.of();

    Storing(DaemonOptions daemon, EngineConfig config) {
        this.daemon = daemon;
        this.config = config;
    }

    /** Stores until it is over; the exit code. */
    int run() {
        return StopSignal.during(config.ops().shutdownDeadline().plus(GRACE), daemon.spec(), this::run);
    }

    private void run(StopSignal stop) throws InterruptedException {
        try (StoreDaemon store = StoreDaemon.launch(config)) {
            daemon.say("storing " + config.data().journal() + " in "
                    + config.data().database() + " and "
                    + config.data().lake() + ", log " + store.log() + ", health and metrics on http://127.0.0.1:"
                    + store.opsPort());
            long healthNs = config.ops().healthInterval().toNanos();
            long nextNs = System.nanoTime() + healthNs;
            while (!stop.await(STEP)) {
                stateChanges(store.health().problems());
                if (!daemon.isQuiet() && System.nanoTime() - nextNs >= 0) {
                    nextNs += healthNs;
                    daemon.say(headline(store));
                }
            }
            daemon.say("stopping");
        }
    }

    private void stateChanges(List<String> problems) {
        if (!problems.equals(shown)) {
            (problems.isEmpty() ? List.of("the tables go on") : problems).forEach(daemon::say);
            shown = problems;
        }
    }

    private static String headline(StoreDaemon store) {
        return String.format(
                Locale.ROOT,
                "record %,d  rows %,d  lake files %,d",
                store.counters().value("store.sequence"),
                store.counters().value("store.rows"),
                store.counters().value("lake.files"));
    }
}
