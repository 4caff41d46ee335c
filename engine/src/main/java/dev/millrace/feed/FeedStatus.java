package dev.millrace.feed;

import dev.millrace.market.Subscription;
import java.util.List;

/**
 * How the feed stands, as one consistent picture.
 *
 * @param state what the feed is doing
 * @param connection number of the newest connection attempt, from 1; 0 before the first
 * @param sinceNs local time at which the state began, ns since 1970
 * @param reconnects attempts after the first
 * @param lastReason why the last connection was lost; empty when none was
 * @param lastError the venue's last error message on this connection, such as a request that it could not read; empty
 *     when there was none
 * @param asked subscriptions wanted
 * @param acknowledged subscriptions that the venue has acknowledged on this connection; whether data flows is for the
 *     market thread to say, which knows each frame's coin
 * @param suspects subscriptions sent within the last second before a close without a word, as an unknown coin causes;
 *     cleared when a later connection with them lasts
 */
public record FeedStatus(
        State state,
        int connection,
        long sinceNs,
        int reconnects,
        String lastReason,
        String lastError,
        int asked,
        int acknowledged,
        List<Subscription> suspects) {

    /** What a feed is doing. */
    public enum State {
        /** Not started, or closed. */
        STOPPED,
        /** A socket is being opened. */
        CONNECTING,
        /** The WebSocket handshake is done. */
        CONNECTED,
        /** Backing off before the next attempt. */
        WAITING
    }
}
