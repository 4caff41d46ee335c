package dev.millrace.feed;

/**
 * What the venue allows one address, over all its connections.
 *
 * @param connections open at once
 * @param connectionsPerMinute opened within any minute
 * @param subscriptions held at once
 * @param messagesPerMinute sent within any minute: subscriptions, their ends, pings
 */
public record VenueLimits(int connections, int connectionsPerMinute, int subscriptions, int messagesPerMinute) {

    /** Of the protocol notes, section 3. */
    public static final VenueLimits HYPERLIQUID = new VenueLimits(10, 30, 1_000, 2_000);

    /** What is left beside another process that has so many connections open and holds so many subscriptions. */
    public VenueLimits beside(int otherConnections, int otherSubscriptions) {
        return new VenueLimits(
                Math.max(0, connections - otherConnections),
                connectionsPerMinute,
                Math.max(0, subscriptions - otherSubscriptions),
                messagesPerMinute);
    }

    /** The lesser of each. */
    public VenueLimits within(VenueLimits other) {
        return new VenueLimits(
                Math.min(connections, other.connections),
                Math.min(connectionsPerMinute, other.connectionsPerMinute),
                Math.min(subscriptions, other.subscriptions),
                Math.min(messagesPerMinute, other.messagesPerMinute));
    }

    /** This much of each; at least 3 connections, which a replacement beside a trial takes. */
    public VenueLimits percent(int percent) {
        return new VenueLimits(
                Math.max(3, connections * percent / 100),
                Math.max(3, connectionsPerMinute * percent / 100),
                subscriptions * percent / 100,
                messagesPerMinute * percent / 100);
    }
}
