package dev.millrace.feed;

import dev.millrace.config.FeedConfig;
import dev.millrace.market.Lifecycle;
import dev.millrace.market.NanoClock;
import dev.millrace.market.RecordKind;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;

/** What every connection of one feed shares. */
record FeedParts(
        FeedConfig config,
        Endpoint endpoint,
        VenueBudget budget,
        NanoClock clock,
        Network network,
        Intake intake,
        FeedCounters counters) {

    EventLoop loop() {
        return network.loop();
    }

    /** Monotonic. */
    long nanoTime() {
        return network.nanoTime();
    }

    /** Puts a lifecycle record behind everything accepted before it. */
    void record(Lifecycle event, long source, String detail) {
        intake.accept(RecordKind.LIFECYCLE, source, clock.nowNs(), Unpooled.wrappedBuffer(event.payload(detail)), null);
    }
}
