package dev.millrace;

import dev.millrace.market.EventSink;
import dev.millrace.market.MarketEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the venue's replies of a start until there is a journal: whether there is to be one, they decide. The thread that
 * starts the engine.
 */
final class StartReplies implements EventSink {

    private final List<MarketEvent> kept = new ArrayList<>();

    @Override
    public MarketEvent tryClaim(int length) {
        return new MarketEvent(length);
    }

    @Override
    public void publish(MarketEvent event) {
        kept.add(event);
    }

    List<MarketEvent> inOrder() {
        return kept;
    }
}
