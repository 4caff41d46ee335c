package dev.millrace.freshness;

import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;
import java.util.Arrays;

/**
 * How often a stream comes, learned from its last frames: the time that seven of eight intervals do not exceed. One stall
 * does not move it, three do while few frames are known; a change of the venue's is sustained: five of the last eight
 * intervals are as long.
 */
final class Cadence {

    /** Not known yet. */
    static final long UNKNOWN = 0;

    static final int WINDOW = 32;
    /** Fewer intervals say nothing. */
    static final int ENOUGH = 8;
    /** Of so many; a late frame makes one interval long, and the next one short. */
    private static final int SUSTAINED = 5;

    private final int[] intervalMs = new int[WINDOW];
    private final int[] sorted = new int[WINDOW];
    private long count;
    private long learnedMs = UNKNOWN;
    private long referenceMs = UNKNOWN;

    void onInterval(long ms) {
        intervalMs[(int) (count % WINDOW)] = (int) Math.min(ms, Integer.MAX_VALUE);
        count++;
        if (count >= ENOUGH) {
            learn();
        }
    }

    private void learn() {
        int known = (int) Math.min(count, WINDOW);
        System.arraycopy(intervalMs, 0, sorted, 0, known);
        Arrays.sort(sorted, 0, known);
        learnedMs = Math.max(1, sorted[known - 1 - known / ENOUGH]);
        if (referenceMs == UNKNOWN) {
            referenceMs = sustainedMs();
        }
    }

    /** What five of the last eight intervals reach, no more than what is learned; {@link #UNKNOWN} until enough came. */
    long sustainedMs() {
        if (count < ENOUGH) {
            return UNKNOWN;
        }
        for (int i = 0; i < ENOUGH; i++) {
            sorted[i] = intervalMs[(int) ((count - 1 - i) % WINDOW)];
        }
        Arrays.sort(sorted, 0, ENOUGH);
        return Math.max(1, sorted[ENOUGH - SUSTAINED]);
    }

    /** {@link #UNKNOWN} until enough frames came. */
    long learnedMs() {
        return learnedMs;
    }

    /** What was learned first, or last taken for the venue's own change. */
    long referenceMs() {
        return referenceMs;
    }

    /** What is learned now is right, for all of its kind. */
    void accept() {
        referenceMs = learnedMs;
    }

    void writeTo(StateWriter out) {
        out.writeLong(count);
        out.writeLong(learnedMs);
        out.writeLong(referenceMs);
        for (int i = 0; i < WINDOW; i++) {
            out.writeInt(intervalMs[i]);
        }
    }

    void readFrom(StateReader in) {
        count = in.readLong();
        learnedMs = in.readLong();
        referenceMs = in.readLong();
        for (int i = 0; i < WINDOW; i++) {
            intervalMs[i] = in.readInt();
        }
    }
}
