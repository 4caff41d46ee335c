package dev.millrace.discovery;

import dev.millrace.config.UniverseConfig;
import java.util.concurrent.TimeUnit;

/**
 * When the books are sampled and when is decided: once a day, from a time after midnight UTC on, when there are enough
 * samples; they begin early enough for that. A daemon that starts late decides late. One thread.
 */
final class DecisionSchedule {

    private static final long DAY_MS = TimeUnit.DAYS.toMillis(1);

    private final long decideAtMs;
    private final long intervalMs;
    private final int rounds;
    private long lastDecisionMs;
    private long lastRoundMs = Long.MIN_VALUE;
    private int roundsDone;

    /** @param lastDecisionMs as of when the last decision was made, ms since 1970; 0 for none */
    DecisionSchedule(UniverseConfig config, long lastDecisionMs) {
        decideAtMs = config.decideAt().toMillis();
        intervalMs = config.sampleInterval().toMillis();
        rounds = config.gates().samples();
        this.lastDecisionMs = lastDecisionMs;
    }

    boolean isRoundDue(long nowMs) {
        boolean begun = nowMs >= dueMs(nowMs) - rounds * intervalMs;
        return begun && (lastRoundMs == Long.MIN_VALUE || nowMs - lastRoundMs >= intervalMs);
    }

    void roundDone(long nowMs) {
        lastRoundMs = nowMs;
        roundsDone++;
    }

    boolean isDecisionDue(long nowMs) {
        return nowMs >= dueMs(nowMs) && roundsDone >= rounds;
    }

    void decided(long nowMs) {
        lastDecisionMs = nowMs;
        lastRoundMs = Long.MIN_VALUE;
        roundsDone = 0;
    }

    /** Of the first decision that was not made: today's, or tomorrow's once that was made. */
    private long dueMs(long nowMs) {
        long today = nowMs - Math.floorMod(nowMs, DAY_MS) + decideAtMs;
        return lastDecisionMs >= today ? today + DAY_MS : today;
    }
}
