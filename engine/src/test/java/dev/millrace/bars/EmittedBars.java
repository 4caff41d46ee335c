package dev.millrace.bars;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.market.Bar;
import dev.millrace.market.BarSink;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps what was emitted and refuses what must never be: a second revision 0, a skipped revision, a wrong order. */
final class EmittedBars implements BarSink {

    final List<Bar> all = new ArrayList<>();
    private final Map<PlainBar.Key, Bar> last = new HashMap<>();
    private PlainBar.Key previous;
    private boolean closing;
    private long knownAtNs = Long.MIN_VALUE;

    /** The order of emission holds within a record. */
    void nextRecord() {
        previous = null;
        closing = false;
    }

    @Override
    public void onBar(Bar bar) {
        assertEquals(0, bar.revision, () -> "first revision of " + bar);
        assertFalse(last.containsKey(PlainBar.Key.of(bar)), () -> "emitted twice: " + bar);
        if (!closing) {
            closing = true;
            previous = null;
        }
        keep(bar);
    }

    @Override
    public void onBarRevised(Bar bar) {
        Bar before = last.get(PlainBar.Key.of(bar));
        assertNotNull(before, () -> "revised before it was emitted: " + bar);
        assertEquals(before.revision + 1, bar.revision, () -> "revision of " + bar);
        assertFalse(closing, () -> "revised after bars closed: " + bar);
        assertFalse(PlainBar.of(before).equals(PlainBar.of(bar)), () -> "revised without a change: " + bar);
        keep(bar);
    }

    private void keep(Bar bar) {
        PlainBar.Key key = PlainBar.Key.of(bar);
        assertTrue(previous == null || previous.compareTo(key) < 0, () -> "out of order: " + bar);
        assertTrue(bar.knownAtNs >= knownAtNs, () -> "known before the bar emitted before it: " + bar);
        previous = key;
        knownAtNs = bar.knownAtNs;
        Bar copy = bar.copy();
        all.add(copy);
        last.put(key, copy);
    }

    /** The last revision of each bar. */
    Map<PlainBar.Key, PlainBar> lastRevisions() {
        Map<PlainBar.Key, PlainBar> bars = new HashMap<>();
        last.forEach((key, bar) -> bars.put(key, PlainBar.of(bar)));
        return bars;
    }
}
