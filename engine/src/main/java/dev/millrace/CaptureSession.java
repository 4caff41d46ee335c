package dev.millrace;

import dev.millrace.config.EngineConfig;
import dev.millrace.config.SessionHeader;
import dev.millrace.config.StartReason;
import dev.millrace.handover.Predecessor;
import dev.millrace.market.Lifecycle;
import dev.millrace.ops.ClockSync;
import dev.millrace.ops.EngineVersion;
import dev.millrace.ops.RoleLock;
import dev.millrace.pipeline.Market;
import dev.millrace.pipeline.Pipeline;
import java.util.List;

/** This process's session in the journal, from its header to its last record. The thread that starts and closes the engine. */
record CaptureSession(EngineConfig config, Pipeline pipeline, OwnRecords records, Predecessor predecessor) {

    /** @param handover whether it follows on a daemon that has let go for it */
    static SessionHeader header(EngineConfig config, RoleLock role, boolean handover) {
        boolean clean = role.startReason() == StartReason.CLEAN;
        return new SessionHeader(
                EngineVersion.text(),
                Market.SEMANTICS_VERSION,
                handover && clean ? StartReason.HANDOVER : role.startReason(),
                config.hyperliquid().environment(),
                ClockSync.probe().state().label(),
                String.join(",", config.feed().coins()),
                String.join(",", config.feed().channels()),
                config.results());
    }

    /**
     * The header, and right behind it the end of what a killed session left open.
     *
     * @param startNs when this process began to start
     * @param openConnections sources of the connections that no record has ended
     */
    void begin(SessionHeader header, long startNs, long... openConnections) {
        records.session(header.toPayload(), startNs);
        records.lost(openConnections);
    }

    /** What was set aside at the start stands in the journal too. */
    void tellDamage(List<String> damage) {
        damage.forEach(each -> records.tell(Lifecycle.DAMAGED, each));
    }

    /**
     * The clock stops first: no time passes between the end of a session and the next one's header.
     *
     * @throws IllegalStateException when there is no room for the last record within {@code shutdown.deadline}
     */
    void end() {
        pipeline.stopClock();
        predecessor.tell("reading stopped");
        boolean told = records.tell(Lifecycle.STOPPING, "");
        if (!told && !pipeline.failure().isDone()) {
            throw new IllegalStateException("the end of the session found no room in the ring within "
                    + config.ops().shutdownDeadline() + "; the journal or a strategy is stuck");
        }
    }
}
