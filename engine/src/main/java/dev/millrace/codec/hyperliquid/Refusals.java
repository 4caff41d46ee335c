package dev.millrace.codec.hyperliquid;

import dev.millrace.metrics.Counter;
import dev.millrace.metrics.Counters;
import java.util.Arrays;

/**
 * Refused elements and unknown keys of the frame being decoded, by reason. They reach the counters when the whole frame
 * has proved to be JSON; of a frame that has not, only that is counted. Market thread.
 */
final class Refusals {

    private final int[] pending = new int[RefusalReason.values().length];
    private final Counter[] counters = new Counter[pending.length];
    private final Counter unknownKeys;
    private int pendingUnknownKeys;
    private int total;

    Refusals(Counters registry) {
        for (RefusalReason reason : RefusalReason.values()) {
            counters[reason.ordinal()] =
                    registry.counter("codec.refused." + reason.label(), "Elements refused because " + reason.help());
        }
        unknownKeys = registry.counter("codec.unknown-keys", "Keys this version does not know, skipped");
    }

    void begin() {
        if (total > 0) {
            Arrays.fill(pending, 0);
            total = 0;
        }
        pendingUnknownKeys = 0;
    }

    void add(RefusalReason reason) {
        pending[reason.ordinal()]++;
        total++;
    }

    void addUnknownKey() {
        pendingUnknownKeys++;
    }

    /** Moves the frame's numbers to the counters; gives how many elements were refused. */
    int commit() {
        if (pendingUnknownKeys > 0) {
            unknownKeys.add(pendingUnknownKeys);
        }
        if (total > 0) {
            for (int i = 0; i < pending.length; i++) {
                counters[i].add(pending[i]);
            }
        }
        return total;
    }
}
