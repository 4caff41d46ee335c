package dev.millrace.bars;

import dev.millrace.market.Bar;
import dev.millrace.market.Decimals;
import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;

/** A bar and what its series and the queues must know of it; pooled. */
final class BarSlot {

    final Bar bar = new Bar();
    BarSeries series;
    long startMs;
    long endMs;
    /** Closed once: later changes are revisions. */
    boolean emitted;
    /** Waits in the queue of revisions. */
    boolean touched;

    /** Makes this the open bar of a bucket, without prices. */
    void open(BarSeries owner, long start) {
        series = owner;
        owner.describe(bar);
        startMs = start;
        bar.startMs = start;
        endMs = bar.endMs();
        emitted = false;
        touched = false;
        setPrices(Decimals.NULL_PRICE);
        bar.volume.clear();
        bar.quoteVolume.clear();
        bar.buyVolume.clear();
        bar.count = 0;
        bar.firstTimeMs = 0;
        bar.lastTimeMs = 0;
        bar.complete = false;
        bar.revision = 0;
        bar.knownAtNs = 0;
    }

    /** It does not wait for a revision: those leave within the record. */
    void writeTo(StateWriter out) {
        out.writeFlag(emitted);
        bar.writeTo(out);
    }

    /** Becomes the slot that was written, of this series. */
    void readFrom(StateReader in, BarSeries owner) {
        series = owner;
        owner.describe(bar);
        emitted = in.readFlag();
        touched = false;
        bar.readFrom(in);
        startMs = bar.startMs;
        endMs = bar.endMs();
    }

    boolean holds(long timeMs) {
        return timeMs >= startMs && timeMs < endMs;
    }

    /** Whether it is an empty bar that shows the close before it. */
    boolean carries() {
        return bar.count == 0 && bar.close != Decimals.NULL_PRICE;
    }

    void setPrices(long price) {
        bar.open = price;
        bar.high = price;
        bar.low = price;
        bar.close = price;
    }

    /** Adds a trade of size × sizeFactor at scale 8. */
    void addTrade(long timeMs, long price, long size, long sizeFactor, boolean buy) {
        addPrice(timeMs, price);
        bar.volume.addProduct(size, sizeFactor);
        bar.quoteVolume.addProduct(price, size, sizeFactor);
        if (buy) {
            bar.buyVolume.addProduct(size, sizeFactor);
        }
    }

    /** Open and close follow (exchange time, arrival): of equal times the first opens and the last closes. */
    void addPrice(long timeMs, long price) {
        if (bar.count++ == 0) {
            setPrices(price);
            bar.firstTimeMs = timeMs;
            bar.lastTimeMs = timeMs;
            return;
        }
        bar.high = Math.max(bar.high, price);
        bar.low = Math.min(bar.low, price);
        if (timeMs < bar.firstTimeMs) {
            bar.firstTimeMs = timeMs;
            bar.open = price;
        }
        if (timeMs >= bar.lastTimeMs) {
            bar.lastTimeMs = timeMs;
            bar.close = price;
        }
    }
}
