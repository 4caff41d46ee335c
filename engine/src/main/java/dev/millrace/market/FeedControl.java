package dev.millrace.market;

/**
 * What the market may ask of the feed when a stream is not what it should be. All return at once: the feed acts on its
 * own thread, within the venue's limits, and a request for a connection that is already gone does nothing. In a replay
 * and in the store nobody is behind it.
 */
public interface FeedControl {

    /** Does nothing. */
    FeedControl NONE = new FeedControl() {
        @Override
        public void resubscribe(int connection, Subscription subscription) {}

        @Override
        public void replace(int connection, long lateMs) {}

        @Override
        public void replaceIfRoom(int connection) {}
    };

    /**
     * Ends a subscription and asks for it anew on the same connection: the venue answers with a snapshot.
     *
     * @param connection number of the connection, as in {@link Source}
     */
    void resubscribe(int connection, Subscription subscription);

    /**
     * Opens another connection with the same subscriptions, and closes this one once the other delivers. Where the venue's
     * limits can never hold both, this one is closed first: for a connection that is of no use as it is.
     *
     * @param connection number of the connection, as in {@link Source}
     * @param lateMs how late it brings everything, ms; 0 where that is not known. It goes on so much longer beside the other:
     *     what is on its way over it shall arrive
     */
    void replace(int connection, long lateMs);

    /** Likewise, but nothing where this one would have to be closed first: for the sake of one stream among others. */
    void replaceIfRoom(int connection);
}
