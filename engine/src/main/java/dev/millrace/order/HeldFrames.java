package dev.millrace.order;

import dev.millrace.market.EventSink;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.StatePart;
import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongPredicate;

/**
 * Frames whose exchange time lies too far ahead of the venue's clock. When two later frames agree with a held one, the
 * clock was behind (a hole in the recording, a long stop) and all held frames are given back in order; a frame that 64
 * others pass without that was absurd and is refused. Market thread.
 */
public final class HeldFrames implements StatePart {

    /** Frames with exchange time that may pass a held one before it is refused. */
    static final int PATIENCE = 64;
    /** Later frames that must agree. */
    static final int WITNESSES = 2;

    private static final long MAX_BYTES = 2L * EventSink.MAX_PAYLOAD;

    private final VenueClock clock;
    private final List<Held> held = new ArrayList<>();
    private final ArrayDeque<MarketEvent> given = new ArrayDeque<>();
    private long heldBytes;
    private long refused;
    private long believedMs;
    private long believedNs;

    public HeldFrames(VenueClock clock) {
        this.clock = clock;
    }

    public boolean isEmpty() {
        return held.isEmpty();
    }

    /** Frames that this object refused: nothing agreed with them, or there was no room to hold them. */
    public long refused() {
        return refused;
    }

    /** A frame that is not ahead passed. */
    public void onPlausibleFrame() {
        if (!held.isEmpty()) {
            age();
        }
    }

    /**
     * Holds a copy of a frame that is ahead.
     *
     * @return true when the clock was behind: take the held frames with {@link #poll}; each moves the clock to its own
     *     time, so that none is late for what came after it
     */
    public boolean hold(MarketEvent event, long timeMs) {
        age();
        if (heldBytes + event.length() > MAX_BYTES) {
            refuse(new Held(event.copy(), timeMs));
            return false;
        }
        Held believed = witness(timeMs, event.receiveNs());
        held.add(new Held(event.copy(), timeMs));
        heldBytes += event.length();
        if (believed == null) {
            return false;
        }
        believedMs = believed.timeMs;
        believedNs = believed.event.receiveNs();
        return true;
    }

    /** Takes the oldest held frame that is plausible by what was believed last; null when none is left. */
    public MarketEvent poll() {
        for (Iterator<Held> all = held.iterator(); all.hasNext(); ) {
            Held one = all.next();
            if (!clock.isBeyond(one.timeMs, one.event.receiveNs(), believedMs, believedNs)) {
                return taken(all, one);
            }
        }
        return null;
    }

    /** Takes the oldest held frame of this exchange time or before; null when none is left. */
    public MarketEvent pollUpTo(long timeMs) {
        for (Iterator<Held> all = held.iterator(); all.hasNext(); ) {
            Held one = all.next();
            if (one.timeMs <= timeMs) {
                return taken(all, one);
            }
        }
        return null;
    }

    /** Gives the frames refused since the last call, each once: trades among them are lost to the bars. */
    public void drainRefused(Consumer<MarketEvent> sink) {
        for (MarketEvent one = given.poll(); one != null; one = given.poll()) {
            sink.accept(one);
        }
    }

    /**
     * Refuses what came by a source that is gone: released later it would pass for news of a live one. Coverage ended
     * before these frames, so nothing that is believed whole lacks them.
     */
    public void abandon(LongPredicate source) {
        for (Iterator<Held> all = held.iterator(); all.hasNext(); ) {
            Held one = all.next();
            if (source.test(one.event.source())) {
                taken(all, one);
                refused++;
            }
        }
    }

    @Override
    public String stateTag() {
        return "HELD";
    }

    /** What was refused or believed is dealt with within the record. */
    @Override
    public void writeTo(StateWriter out) {
        out.writeInt(held.size());
        for (int i = 0; i < held.size(); i++) {
            held.get(i).event.writeTo(out);
            out.writeLong(held.get(i).timeMs);
            out.writeInt(held.get(i).witnesses);
            out.writeInt(held.get(i).passed);
        }
    }

    @Override
    public void readFrom(StateReader in) {
        for (int left = in.count(Long.BYTES); left > 0; left--) {
            Held one = new Held(MarketEvent.readFrom(in), in.readLong());
            one.witnesses = in.readInt();
            one.passed = in.readInt();
            held.add(one);
            heldBytes += one.event.length();
        }
    }

    private MarketEvent taken(Iterator<Held> all, Held one) {
        heldBytes -= one.event.length();
        all.remove();
        return one.event;
    }

    /** How many frames are held now. */
    public int size() {
        return held.size();
    }

    private Held witness(long timeMs, long receiveNs) {
        Held believed = null;
        for (Held earlier : held) {
            if (clock.agree(earlier.timeMs, earlier.event.receiveNs(), timeMs, receiveNs)) {
                earlier.witnesses++;
                if (believed == null && earlier.witnesses >= WITNESSES) {
                    believed = earlier;
                }
            }
        }
        return believed;
    }

    private void age() {
        for (Iterator<Held> all = held.iterator(); all.hasNext(); ) {
            Held one = all.next();
            if (++one.passed > PATIENCE) {
                heldBytes -= one.event.length();
                refuse(one);
                all.remove();
            }
        }
    }

    private void refuse(Held one) {
        refused++;
        given.add(one.event);
    }

    private static final class Held {
        final MarketEvent event;
        final long timeMs;
        int witnesses;
        int passed;

        Held(MarketEvent event, long timeMs) {
            this.event = event;
            this.timeMs = timeMs;
        }
    }
}
