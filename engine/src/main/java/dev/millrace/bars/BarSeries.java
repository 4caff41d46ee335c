package dev.millrace.bars;

import dev.millrace.config.BarsConfig.EmptyBars;
import dev.millrace.market.Bar;
import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;
import java.util.function.Consumer;

/**
 * The bars of one symbol, timeframe and basis: those still open and those that may yet be revised. Under a policy that
 * fills empty buckets each bar opens its successor when it closes, so an empty bar always stands right behind the bar
 * whose close it shows.
 */
final class BarSeries {

    /** Closed bars kept only because their coverage is undecided. */
    static final int MAX_UNDECIDED = 4_096;

    private final SymbolBars owner;
    private final SeriesPlan plan;
    private final long firstStartMs;
    private final BarEmitter emitter;
    private final BarWindow window = new BarWindow();

    BarSeries(SymbolBars owner, SeriesPlan plan, BarEmitter emitter) {
        this.owner = owner;
        this.plan = plan;
        this.firstStartMs = plan.firstStartMs();
        this.emitter = emitter;
        emitter.reserve(plan);
    }

    SeriesPlan plan() {
        return plan;
    }

    SymbolBars owner() {
        return owner;
    }

    void describe(Bar bar) {
        bar.symbol = owner.symbol;
        bar.symbolName = owner.symbolName;
        bar.timeframe = plan.timeframe();
        bar.basis = plan.basis();
    }

    /** Whether this series' bars come before those of the other with the same end. */
    boolean isBefore(BarSeries other) {
        int byPlan = plan.compareTo(other.plan);
        return byPlan != 0 ? byPlan < 0 : owner.symbol < other.owner.symbol;
    }

    void onTrade(long timeMs, long price, long size, long sizeFactor, boolean buy) {
        BarSlot slot = slotOf(timeMs);
        if (slot != null) {
            slot.addTrade(timeMs, price, size, sizeFactor, buy);
            emitter.touch(slot);
        }
    }

    void onMid(long timeMs, long mid) {
        BarSlot slot = slotOf(timeMs);
        if (slot != null) {
            slot.addPrice(timeMs, mid);
            emitter.touch(slot);
        }
    }

    /** Null when the bucket lies before the life of this series. */
    private BarSlot slotOf(long timeMs) {
        BarSlot last = window.last();
        if (last != null && last.holds(timeMs)) {
            return last;
        }
        long startMs = plan.timeframe().startOf(timeMs);
        if (startMs < firstStartMs) {
            return null;
        }
        int index = window.indexFrom(startMs);
        return isAt(index, startMs) ? window.get(index) : open(index, startMs);
    }

    private boolean isAt(int index, long startMs) {
        return index < window.size() && window.get(index).startMs == startMs;
    }

    private BarSlot open(int index, long startMs) {
        BarSlot slot = emitter.open(this, startMs);
        window.insert(index, slot);
        return slot;
    }

    /** Whether the settings asked for this series before the bucket began. */
    boolean watchedWhole(BarSlot slot) {
        return slot.startMs >= plan.bornMs();
    }

    /** The bar was emitted for the first time. */
    void onClosed(BarSlot slot, EmptyBars emptyBars) {
        if (emptyBars == EmptyBars.NONE) {
            return;
        }
        int next = window.indexFrom(slot.endMs);
        if (!isAt(next, slot.endMs)) {
            BarSlot empty = open(next, slot.endMs);
            if (emptyBars == EmptyBars.CARRY) {
                empty.setPrices(slot.bar.close);
            }
        }
    }

    /** The bar was emitted again: an empty bar behind it shows its close. */
    void onRevised(BarSlot slot) {
        int next = window.indexFrom(slot.endMs);
        if (next == window.size()) {
            return;
        }
        BarSlot after = window.get(next);
        if (after.carries() && after.bar.close != slot.bar.close) {
            after.setPrices(slot.bar.close);
            emitter.touch(after);
        }
    }

    /** Touches the closed bars whose completeness is no longer what was emitted. */
    void recheck() {
        for (int i = 0; i < window.size(); i++) {
            BarSlot slot = window.get(i);
            if (slot.bar.complete != emitter.isComplete(slot)) {
                emitter.touch(slot);
            }
        }
    }

    /**
     * Gives back the bars that nothing can change any more, but for the newest closed one.
     *
     * @param horizonMs no trade before it is taken
     * @param unresolvedFromMs a bar that ends after it may yet be proven
     */
    void letGo(long horizonMs, long unresolvedFromMs) {
        while (oldestIsFinal(horizonMs, unresolvedFromMs)) {
            BarSlot oldest = window.removeFirst();
            if (oldest.endMs > unresolvedFromMs) {
                owner.unprovableBefore(oldest.endMs);
            }
            emitter.giveBack(oldest);
        }
    }

    private boolean oldestIsFinal(long horizonMs, long unresolvedFromMs) {
        if (window.size() < 2 || !window.get(0).emitted || !window.get(1).emitted) {
            return false;
        }
        long endMs = window.get(0).endMs;
        boolean tooMany = window.size() > MAX_UNDECIDED && window.get(MAX_UNDECIDED).endMs <= horizonMs;
        return endMs <= horizonMs && (endMs <= unresolvedFromMs || tooMany);
    }

    void writeTo(StateWriter out) {
        out.writeInt(window.size());
        for (int i = 0; i < window.size(); i++) {
            window.get(i).writeTo(out);
        }
    }

    void readFrom(StateReader in) {
        for (int left = in.count(Long.BYTES); left > 0; left--) {
            window.insert(window.size(), emitter.restore(this, in));
        }
    }

    void forEachOpen(Consumer<Bar> consumer) {
        for (int i = 0; i < window.size(); i++) {
            if (!window.get(i).emitted) {
                consumer.accept(window.get(i).bar);
            }
        }
    }

    /** The newest closed bars still held, at most so many, ascending. */
    void forEachLastClosed(int limit, Consumer<Bar> consumer) {
        int first = window.size();
        for (int found = 0; first > 0 && found < limit; ) {
            found += window.get(--first).emitted ? 1 : 0;
        }
        for (int i = first; i < window.size(); i++) {
            if (window.get(i).emitted) {
                consumer.accept(window.get(i).bar);
            }
        }
    }
}
