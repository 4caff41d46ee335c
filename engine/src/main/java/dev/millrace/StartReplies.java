package dev.millrace;

import dev.millrace.market.EventSink;
import dev.millrace.market.MarketEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Keeps the venue's replies of a start until there is a journal: whether there is to be one, they decide. Replies that come
 * later pass. Any thread.
 */
final class StartReplies implements EventSink {

    private final List<MarketEvent> kept = new ArrayList<>();
    private EventSink sink;

    @Override
    public synchronized MarketEvent tryClaim(int length) {
        return sink == null ? new MarketEvent(length) : sink.tryClaim(length);
    }

    /** A caller is asked for one reply after the other: what was claimed before the change is published before it. */
    @Override
    public synchronized void publish(MarketEvent event) {
        if (sink == null) {
            kept.add(event);
        } else {
            sink.publish(event);
        }
    }

    /**
     * From now on replies go there.
     *
     * @param publish takes those that were kept, in order
     */
    synchronized void passTo(EventSink newSink, Consumer<MarketEvent> publish) {
        kept.forEach(publish);
        kept.clear();
        sink = newSink;
    }
}
