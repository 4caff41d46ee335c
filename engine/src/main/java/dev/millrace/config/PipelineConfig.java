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

    public PipelineConfig {
        Check.range("pipeline.inline-bytes", inlineBytes, 64, 1 << 20);
        Check.that(
                ringBytes >= 2L * inlineBytes && ringBytes <= 1L << 34,
                "pipeline.ring-bytes",
                ringBytes,
                "must hold two slots of pipeline.inline-bytes, " + inlineBytes + ", and be at most 16 GiB");
        Check.range("pipeline.pool-bytes", poolBytes, 1, 1L << 34);
        cores = Check.distinct("pipeline.cores", cores);
        boolean cored = cores.isEmpty() || (cores.size() == 3 && cores.stream().allMatch(core -> core >= 0));
        Check.that(cored, "pipeline.cores", cores, "must be the cores of feed, journaller and market: [1, 2, 3]");
        Check.that(
                profile == Profile.SMALL || !cores.isEmpty(),
                "pipeline.profile",
                "pinned",
                "needs pipeline.cores, for example [1, 2, 3]");
        Check.positive("pipeline.clock-interval", clockInterval);
        Check.positive("pipeline.anchor-interval", anchorInterval);
    }

    /** The two thread layouts. */
    public enum Profile {
        /** Journaller and market share one thread, waiting parked. */
        SMALL,
        /** One thread each, spinning, bound to the configured cores. */
        PINNED
    }
}
