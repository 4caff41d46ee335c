package dev.millrace.feed;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;

/** What a feed stands on: the thread it runs on, its sockets and its monotonic time. */
interface Network {

    /** The one thread of the feed. */
    EventLoop loop();

    /** Connects to the endpoint; the handler is still to be set. */
    Bootstrap bootstrap(Endpoint endpoint);

    /** Monotonic. */
    long nanoTime();

    /**
     * Waits for something that the loop does; not on the loop itself.
     *
     * @return false when it was not done within the limit, or the waiting thread was interrupted
     */
    boolean await(Future<?> done, Duration limit);

    /**
     * Ends the thread.
     *
     * @return whether it ended within the limit
     */
    boolean close(Duration limit);
}
