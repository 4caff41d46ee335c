package dev.millrace.feed;

import dev.millrace.feed.FeedStatus.State;
import dev.millrace.market.Subscription;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The picture of a feed and all its lanes: taken on the event loop, shown to any thread. */
final class FeedPicture {

    private final Sockets sockets;
    private final LaneSet lanes;
    private final Quarantine quarantine;
    private String lastReason = "";
    private volatile FeedStatus status;

    FeedPicture(Sockets sockets, LaneSet lanes, Quarantine quarantine) {
        this.sockets = sockets;
        this.lanes = lanes;
        this.quarantine = quarantine;
    }

    /** As it was last taken. Any thread. */
    FeedStatus status() {
        return status;
    }

    /** A connection is gone. */
    void onLost(String reason) {
        lastReason = reason;
    }

    /**
     * Takes it anew.
     *
     * @param asked each subscription once, those in quarantine too
     * @param isStopped whether it was not started yet, or stopped
     */
    void take(Set<Subscription> asked, boolean isStopped) {
        List<LaneStatus> each = lanes.all().stream().map(Lane::status).toList();
        State state = isStopped ? State.STOPPED : state();
        boolean isSame = status != null && status.state() == state;
        Set<Subscription> held = new HashSet<>();
        lanes.all().forEach(lane -> held.addAll(lane.held()));
        held.retainAll(asked);
        status = new FeedStatus(
                state,
                sockets.lastNumber(),
                isSame ? status.sinceNs() : sockets.parts().clock().nowNs(),
                sockets.parts().counters().reconnects.get(),
                lastReason,
                each.stream()
                        .map(LaneStatus::lastError)
                        .filter(error -> !error.isEmpty())
                        .findFirst()
                        .orElse(""),
                asked.size(),
                held.size(),
                quarantine.suspects(),
                quarantine.quarantined(),
                each);
    }

    /** That of the first lane whose streams no other one has meanwhile; a lane without any counts for itself. */
    private State state() {
        Set<Subscription> reached = new HashSet<>();
        lanes.all().stream().filter(Lane::isConnected).forEach(lane -> reached.addAll(lane.wanted()));
        return lanes.all().stream()
                .filter(lane -> !lane.isConnected())
                .filter(lane -> lane.wanted().isEmpty() || !reached.containsAll(lane.wanted()))
                .map(lane -> lane.status().state())
                .findFirst()
                .orElse(State.CONNECTED);
    }
}
