package dev.millrace.order;

import dev.millrace.config.OrderConfig;
import dev.millrace.market.StatePart;
import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;
import java.time.Duration;
import java.util.Arrays;

/**
 * Which trades are new: one {@link TradeWindow} a symbol. A window holds its last {@code order.window-trades} trades and
 * all younger than {@code bars.revision-window}, whichever is more, with a hard cap. Market thread.
 */
public final class TradeWindows implements StatePart {

    /** What became of a trade. */
    public enum Verdict {
        /** Never seen: accepted. */
        NEW,
        /** Held already. */
        DUPLICATE,
        /** At or below the window's floor and not held: cannot be proven new, refused. */
        TOO_OLD
    }

    private static final int END = -1;

    private TradeWindow[] windows = new TradeWindow[64];
    private long[] ackOrdinal = new long[64];
    private long[] newestAtAckMs = new long[64];
    private int keep;
    private int hardCap;
    private long youngMs;
    private long lastDuplicate = -1;

    public TradeWindows(OrderConfig order, Duration revisionWindow) {
        configure(order, revisionWindow);
    }

    /** Takes the settings of a session header. */
    public void configure(OrderConfig order, Duration revisionWindow) {
        keep = order.windowTrades();
        hardCap = order.windowMaxTrades();
        youngMs = revisionWindow.toMillis();
    }

    /**
     * Judges a trade and remembers it when it is new.
     *
     * @param clockMs the venue's clock before this record, or {@link VenueClock#UNSET}
     */
    public Verdict offer(int symbol, long timeMs, long tid, long clockMs) {
        TradeWindow window = window(symbol);
        window.evict(keep, hardCap, clockMs == VenueClock.UNSET ? Long.MIN_VALUE : clockMs - youngMs);
        long held = window.find(timeMs, tid);
        if (held >= 0) {
            lastDuplicate = held;
            return Verdict.DUPLICATE;
        }
        if (timeMs <= window.floorMs()) {
            return Verdict.TOO_OLD;
        }
        window.add(timeMs, tid);
        return Verdict.NEW;
    }

    /** Remembers that a subscription of this symbol was acknowledged now. */
    public void onAck(int symbol) {
        TradeWindow window = window(symbol);
        ackOrdinal[symbol] = window.nextOrdinal();
        newestAtAckMs[symbol] = window.isPristine() ? 0 : window.newestMs(); // one that is pristine leaves no state
    }

    /** The greatest exchange time accepted of this symbol before its last ack; Long.MIN_VALUE when there was none. */
    public long newestBeforeAckMs(int symbol) {
        boolean any = symbol < ackOrdinal.length && ackOrdinal[symbol] > 0;
        return any ? newestAtAckMs[symbol] : Long.MIN_VALUE;
    }

    /** Whether the trade of the last {@link Verdict#DUPLICATE} had been accepted before the symbol's last ack. */
    public boolean duplicateFromBeforeAck(int symbol) {
        return symbol < ackOrdinal.length && lastDuplicate < ackOrdinal[symbol];
    }

    /** The greatest exchange time accepted of this symbol; Long.MIN_VALUE before the first. */
    public long newestMs(int symbol) {
        return window(symbol).newestMs();
    }

    /** A trade at or before this time that is not held cannot be proven new; Long.MIN_VALUE when there is none. */
    public long floorMs(int symbol) {
        return window(symbol).floorMs();
    }

    /** Whether there is a window of this symbol: asking for anything else makes one. */
    public boolean isKnown(int symbol) {
        return symbol < windows.length && windows[symbol] != null;
    }

    @Override
    public String stateTag() {
        return "WIND";
    }

    /** By ascending id; a window that was only asked for is as good as none. */
    @Override
    public void writeTo(StateWriter out) {
        for (int symbol = 0; symbol < windows.length; symbol++) {
            if (windows[symbol] != null && !windows[symbol].isPristine()) {
                out.writeInt(symbol);
                out.writeLong(ackOrdinal[symbol]);
                out.writeLong(newestAtAckMs[symbol]);
                windows[symbol].writeTo(out);
            }
        }
        out.writeInt(END);
    }

    @Override
    public void readFrom(StateReader in) {
        for (int symbol = in.readInt(); symbol != END; symbol = in.readInt()) {
            TradeWindow window = window(in.checkId(symbol));
            ackOrdinal[symbol] = in.readLong();
            newestAtAckMs[symbol] = in.readLong();
            window.readFrom(in);
        }
    }

    private TradeWindow window(int symbol) {
        if (symbol >= windows.length) {
            int capacity = Math.max(symbol + 1, windows.length * 2);
            windows = Arrays.copyOf(windows, capacity);
            ackOrdinal = Arrays.copyOf(ackOrdinal, capacity);
            newestAtAckMs = Arrays.copyOf(newestAtAckMs, capacity);
        }
        if (windows[symbol] == null) {
            windows[symbol] = new TradeWindow();
        }
        return windows[symbol];
    }
}
