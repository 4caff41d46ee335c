package dev.millrace.pipeline;

import dev.millrace.market.FeedControl;
import dev.millrace.market.Subscription;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Passes the market's requests to the feed, once there is one. While the ring is filling they wait: then it is this engine
 * that is late, and a new connection would only bring more. They are not dropped, for to the market, which knows nothing of
 * a ring, what it asked for is done. Market thread, but for the setting of the feed.
 */
final class FeedRequests implements FeedControl {

    private enum What {
        RESUBSCRIBE,
        REPLACE_IF_ROOM,
        REPLACE
    }

    /** The subscription is null where it is of the whole connection; lateness is of a replacement alone. */
    private record Request(What what, int connection, Subscription subscription, long lateMs) {

        void passTo(FeedControl feed) {
            switch (what) {
                case RESUBSCRIBE -> feed.resubscribe(connection, subscription);
                case REPLACE_IF_ROOM -> feed.replaceIfRoom(connection);
                case REPLACE -> feed.replace(connection, lateMs);
            }
        }
    }

    private final BooleanSupplier overloaded;
    /** Each once, in the order asked. */
    private final Set<Request> waiting = new LinkedHashSet<>();

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
        if (!isToBeReplaced(connection)) { // which asks for all of it anew
            waiting.add(new Request(What.RESUBSCRIBE, connection, subscription, 0));
        }
        passOn();
    }

    @Override
    public void replace(int connection, long lateMs) {
        waiting.removeIf(request -> request.connection == connection);
        waiting.add(new Request(What.REPLACE, connection, null, lateMs));
        passOn();
    }

    @Override
    public void replaceIfRoom(int connection) {
        if (!isToBeReplaced(connection)) {
            waiting.add(new Request(What.REPLACE_IF_ROOM, connection, null, 0));
        }
        passOn();
    }

    private boolean isToBeReplaced(int connection) {
        return waiting.stream().anyMatch(request -> request.what == What.REPLACE && request.connection == connection);
    }

    /** Called after each record: passes what waits if there is room now. */
    void passOn() {
        if (!waiting.isEmpty() && !overloaded.getAsBoolean()) {
            waiting.forEach(request -> request.passTo(feed));
            waiting.clear();
        }
    }
}
