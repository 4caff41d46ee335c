package dev.millrace.pipeline;

import dev.millrace.market.FeedControl;
import dev.millrace.market.Subscription;
import java.util.function.BooleanSupplier;

/**
 * Passes the market's requests to the feed, once there is one. Not while the ring is filling: then it is this engine that is
 * late, and a new connection would only bring more. Market thread, but for the setting of the feed.
 */
final class FeedRequests implements FeedControl {

    private final BooleanSupplier overloaded;
    private volatile FeedControl feed = NONE;

    FeedRequests(BooleanSupplier overloaded) {
        this.overloaded = overloaded;
    }

    /** Any thread. */
    void to(FeedControl newFeed) {
        feed = newFeed;
    }

    @Override
    public void resubscribe(int connection, Subscription subscription) {
        if (!overloaded.getAsBoolean()) {
            feed.resubscribe(connection, subscription);
        }
    }

    @Override
    public void replace(int connection) {
        if (!overloaded.getAsBoolean()) {
            feed.replace(connection);
        }
    }

    @Override
    public void replaceIfRoom(int connection) {
        if (!overloaded.getAsBoolean()) {
            feed.replaceIfRoom(connection);
        }
    }
}
