package dev.millrace.pipeline;

import dev.millrace.journal.GapRecord;
import dev.millrace.market.Gap;
import dev.millrace.market.GapSink;
import dev.millrace.market.MarketEvent;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Pairs the gaps that a replay derives with the annotations that live wrote, in order. An annotation stands behind the
 * record that its gap was derived from, so the gap is always known before. One thread.
 */
public final class GapMatch implements GapSink {

    /** A derived gap, and the receive time of the record that it was derived from. */
    public record Derived(Gap gap, long receiveNs) {}

    private final Deque<Derived> unwritten = new ArrayDeque<>();
    private long equal;
    private long passed;
    private String firstDifference;

    @Override
    public void onGap(Gap gap, long receiveNs) {
        unwritten.add(new Derived(gap, receiveNs));
    }

    /** Takes an annotation of the journal. */
    public void onGapRecord(MarketEvent event) {
        Gap written = GapRecord.decode(event.bytes(), event.length());
        if (unwritten.stream().noneMatch(derived -> derived.gap.equals(written))) {
            if (firstDifference == null) {
                firstDifference = "record " + event.sequence() + " holds " + written + ", now derived: "
                        + (unwritten.isEmpty() ? "none" : unwritten.peek().gap);
            }
            return;
        }
        while (!unwritten.remove().gap.equals(written)) {
            passed++;
        }
        equal++;
    }

    /** Annotations that equal a derived gap. */
    public long equal() {
        return equal;
    }

    /** Derived gaps that live did not write before a later one: it had no room for them. */
    public long passed() {
        return passed;
    }

    /** The first annotation that no derived gap equals. */
    public Optional<String> firstDifference() {
        return Optional.ofNullable(firstDifference);
    }

    /** Derived gaps whose annotation is not in the journal: it ended before. In order; emptied by the caller. */
    public Deque<Derived> unwritten() {
        return unwritten;
    }
}
