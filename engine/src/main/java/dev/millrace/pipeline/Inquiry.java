package dev.millrace.pipeline;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/** A question to the market thread, which answers it between two records: what it says is then one consistent picture. */
final class Inquiry {

    private final AtomicReference<CompletableFuture<MarketPosition>> asked = new AtomicReference<>();

    /** Any thread; who asks while another waits shares the answer. */
    CompletableFuture<MarketPosition> ask() {
        CompletableFuture<MarketPosition> question = new CompletableFuture<>();
        CompletableFuture<MarketPosition> earlier = asked.compareAndExchange(null, question);
        return earlier == null ? question : earlier;
    }

    /** Market thread, after each record: one read where nobody asks. */
    void answer(Market market) {
        if (asked.get() != null) {
            asked.getAndSet(null).complete(market.position());
        }
    }
}
