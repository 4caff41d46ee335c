package dev.millrace.feed;

import dev.millrace.market.Subscription;
import java.util.List;

/**
 * How the feed stands, as one consistent picture.
 *
 * @param state what the feed is doing: CONNECTED when every subscription has a connected lane
 * @param connection number of the newest connection attempt, from 1; 0 before the first
 * @param sinceNs local time at which the state began, ns since 1970
 * @param reconnects attempts of the lanes after their first
 * @param lastReason why the last connection was lost; empty when none was
 * @param lastError the venue's last error message on the connections of now, such as a request that it could not read;
 *     empty when there was none
 * @param asked subscriptions wanted, each counted once
 * @param acknowledged of these, how many the venue has acknowledged on a connection of now; whether data flows is for
 *     the market thread to say, which knows each frame's coin
 * @param suspects subscriptions sent within the last second before a close without a word, as an unknown coin causes:
 *     they are being tried apart
 * @param quarantined subscriptions that were found to close sockets and are left alone
 * @param lanes each connection's share
 */
public record FeedStatus(
        State state,
        int connection,
        long sinceNs,
        long reconnects,
        String lastReason,
        String lastError,
        int asked,
        int acknowledged,
        List<Subscription> suspects,
        List<Subscription> quarantined,
        List<LaneStatus> lanes) {

    /** What a feed, or a lane of it, is doing. */
    public enum State {
        /** Not started, or closed. */
        STOPPED,
        /** A socket is being opened. */
        CONNECTING,
        /** The WebSocket handshake is done. */
        CONNECTED,
        /** Backing off before the next attempt, or waiting for the venue's limits. */
        WAITING
    }
}
