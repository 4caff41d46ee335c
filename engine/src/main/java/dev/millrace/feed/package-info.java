/**
 * Hyperliquid's WebSocket: subscribes, keeps the connection alive for ever and hands every message, byte for byte and in
 * order, to the {@link dev.millrace.market.EventSink}. Everything runs on one event loop thread, {@code md-feed}; only
 * host names are looked up elsewhere, because that blocks.
 *
 * <p>Start reading at {@link dev.millrace.feed.FeedClient}, then {@code Lanes} and {@code Lane} (which subscriptions share
 * a connection, and what follows it; {@code LaneSet} finds the lane of one more), {@code Connection} (one socket's life) and {@code Intake} (the ordered way into the
 * sink). {@code Replacement} makes before it breaks, {@code Quarantine} finds what closes sockets, {@code VenueBudget} keeps
 * the venue's limits. {@code LanePlan}, {@code Subscriber}, {@code Heartbeat}, {@code SlidingLog} and {@code Backoff} decide
 * and do no I/O; time is given to them. {@link dev.millrace.feed.SubscriptionPlan} says what is asked for.
 */
package dev.millrace.feed;
