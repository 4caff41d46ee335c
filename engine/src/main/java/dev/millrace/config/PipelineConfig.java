package dev.millrace.config;

import java.time.Duration;
import java.util.List;

/**
 * {@code pipeline.*}: the ring and its threads.
 *
 * @param ringBytes bound of slots × inline bytes
 * @param inlineBytes payload a slot holds itself; larger ones borrow from a bounded pool
 * @param poolBytes bound of that pool
 * @param cores core of the feed, the journaller and the market thread, in this order; only for PINNED
 * @param clockInterval a clock record when nothing else came for this long
 * @param anchorInterval how often the local clock's anchor is checked against the wall clock
 */
public record PipelineConfig(
        Profile profile,
        long ringBytes,
        int inlineBytes,
        long poolBytes,
        List<Integer> cores,
        Duration clockInterval,
        Duration anchorInterval) {

    /** The two thread layouts. */
    public enum Profile {
        /** Journaller and market share one thread, waiting parked. */
        SMALL,
        /** One thread each, spinning, bound to the configured cores. */
        PINNED
    }
}
