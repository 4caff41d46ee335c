package dev.millrace.feed;

import dev.millrace.market.Subscription;
import io.netty.bootstrap.Bootstrap;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Opens the feed's connections, each with the next number, and knows which there are. Event loop only. */
final class Sockets {

    private final FeedParts parts;
    private final Bootstrap bootstrap;
    private final Set<Connection> open = new LinkedHashSet<>();
    private final Connection.Owner farewell = new Farewell();
    private Runnable onEmpty = () -> {};
    private int lastNumber;

    Sockets(FeedParts parts, Bootstrap bootstrap) {
        this.parts = parts;
        this.bootstrap = bootstrap;
    }

    FeedParts parts() {
        return parts;
    }

    /** A connection, once {@link VenueBudget#tryOpen} allowed it; not opened yet. */
    Connection next(Collection<Subscription> asked, Connection.Owner owner) {
        Connection connection = new Connection(++lastNumber, parts, asked, owner);
        open.add(connection);
        return connection;
    }

    void open(Connection connection) {
        connection.open(bootstrap);
        parts.counters().connections.set(open.size());
    }

    /** It is over. */
    void gone(Connection connection) {
        open.remove(connection);
        parts.counters().connections.set(open.size());
        if (open.isEmpty()) {
            onEmpty.run();
        }
    }

    /** Owns those that were replaced, until they are closed. */
    Connection.Owner farewell() {
        return farewell;
    }

    /** Of the newest connection; 0 before the first. */
    int lastNumber() {
        return lastNumber;
    }

    /** Closes what there is, and runs an action once it is gone. */
    void closeAll(String why, Runnable afterwards) {
        onEmpty = afterwards;
        if (open.isEmpty()) {
            afterwards.run();
        }
        List.copyOf(open).forEach(connection -> connection.close(why));
    }

    private final class Farewell implements Connection.Owner {

        @Override
        public void onConnected(Connection connection) {
            throw new IllegalStateException("connection " + connection.number() + " was replaced before it was open");
        }

        @Override
        public void onTick(Connection connection) {
            // It is closing.
        }

        @Override
        public void onLost(Connection connection, String reason) {
            gone(connection);
        }
    }
}
