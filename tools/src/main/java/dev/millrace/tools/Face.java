package dev.millrace.tools;

import dev.millrace.Engine;
import dev.millrace.feed.FeedStatus;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/**
 * What people see while the daemon works: on a terminal a table that is redrawn, otherwise a health line now and then;
 * and in both cases a line for each change of state.
 */
final class Face {

    private static final Duration STEP = Duration.ofMillis(250);

    private final PrintWriter err;
    private final String title;
    private final Engine engine;
    private final LiveBoard board;
    private final BoardTable table;
    private final Duration healthInterval;
    private final boolean terminal;
    private FeedStatus.State shownState = FeedStatus.State.STOPPED;
    private String shownReason = "";
    private long nextHealthNs;
    private long startNs;

    /** @param terminal whether {@code out} is a terminal that can be redrawn */
    Face(
            PrintWriter out,
            PrintWriter err,
            String title,
            Engine engine,
            LiveBoard board,
            Duration healthInterval,
            boolean terminal) {
        this.err = err;
        this.title = title;
        this.engine = engine;
        this.board = board;
        this.healthInterval = healthInterval;
        this.terminal = terminal;
        table = new BoardTable(out);
    }

    /** Whether standard output is a terminal, as the launcher saw it. */
    static boolean onTerminal() {
        return Boolean.getBoolean("millrace.terminal");
    }

    /**
     * Shows until a signal comes, another daemon takes over, the limit is over or the engine fails.
     *
     * @return false when the engine failed
     */
    boolean showUntil(StopSignal stop, Duration limit) throws InterruptedException {
        startNs = System.nanoTime();
        nextHealthNs = startNs + healthInterval.toNanos();
        boolean asked = false;
        while (!asked
                && !engine.failure().isDone()
                && !engine.successor().isDone()
                && System.nanoTime() - startNs < limit.toNanos()) {
            asked = stop.await(shorter(STEP, limit.minusNanos(System.nanoTime() - startNs)));
            stateChanges();
            if (terminal) {
                table.draw(headline(), board);
            } else if (System.nanoTime() - nextHealthNs >= 0) {
                nextHealthNs += healthInterval.toNanos();
                say(headline());
            }
        }
        return !engine.failure().isDone();
    }

    private void stateChanges() {
        FeedStatus status = engine.feed();
        if (status.state() == shownState && status.lastReason().equals(shownReason)) {
            return;
        }
        shownState = status.state();
        shownReason = status.lastReason();
        if (terminal) {
            table.forget();
        }
        String reason = shownReason.isEmpty() ? "" : " (last lost: " + shownReason + ")";
        say("feed " + shownState.name().toLowerCase(Locale.ROOT) + ", connection " + status.connection() + reason);
    }

    private void say(String line) {
        err.println(title + ": " + line);
        err.flush();
    }

    /** At most 80 columns. */
    private String headline() {
        FeedStatus status = engine.feed();
        long seconds = Duration.ofNanos(System.nanoTime() - startNs).toSeconds();
        return String.format(
                Locale.ROOT,
                "%d:%02d  %s, %d/%d live  %,.0f msg/s  bars %,d  gaps %,d  p99 %s",
                seconds / 60,
                seconds % 60,
                status.state().name().toLowerCase(Locale.ROOT),
                engine.counters().value("feed.live"),
                status.asked(),
                engine.health().rates().get("frames"),
                board.bars(),
                board.gaps(),
                Summary.time(engine.latency().snapshot().getValueAtPercentile(99)));
    }

    private static Duration shorter(Duration a, Duration b) {
        Duration shortest = a.compareTo(b) < 0 ? a : b;
        return shortest.isNegative() ? Duration.ZERO : shortest;
    }
}
