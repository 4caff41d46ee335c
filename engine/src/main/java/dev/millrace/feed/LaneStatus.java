package dev.millrace.feed;

import dev.millrace.feed.FeedStatus.State;

/**
 * How one lane of the feed stands: some of its subscriptions, on one connection.
 *
 * @param number from 1
 * @param state what it is doing
 * @param connection number of its connection; 0 while it has none
 * @param asked subscriptions wanted on it
 * @param acknowledged subscriptions that the venue has acknowledged on its connection
 * @param lastReason why its last connection was lost; empty when none was
 * @param lastError the venue's last error message on its connection; empty when there was none
 * @param replacing whether another connection is about to take its place
 * @param waiting whether something of it waits for the venue's limits
 */
public record LaneStatus(
        int number,
        State state,
        int connection,
        int asked,
        int acknowledged,
        String lastReason,
        String lastError,
        boolean replacing,
        boolean waiting) {}
