package dev.millrace.order;

import dev.millrace.market.DecodedFrame;
import dev.millrace.market.StatePart;
import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;
import dev.millrace.metrics.Counter;
import dev.millrace.metrics.Counters;
import java.util.Arrays;

/**
 * How many subscriptions have given data on a connection of now: a subscription counts as live after its first data, not
 * after its acknowledgement, and once, however many connections bring it. Market thread.
 */
public final class LiveStreams implements StatePart {

    /** Rows of the table: one per channel, two for books, one per candle interval. */
    private static final int TRADES = 0;

    private static final int SLOW_BOOK = 1;
    private static final int FAST_BOOK = 2;
    private static final int BBO = 3;
    private static final int CONTEXT = 4;
    private static final int MIDS = 5;
    private static final int FIRST_CANDLE = 6;
    private static final int CANDLE_INTERVALS = 14;
    private static final int ROWS = FIRST_CANDLE + CANDLE_INTERVALS;

    private static final int END = -1;

    private final String[] intervals = new String[CANDLE_INTERVALS];
    private final Counter live;

    private int[] connectionOf = new int[64 * ROWS];
    /** Another connection that gives the same stream; 0 when there is none. */
    private int[] otherOf = new int[64 * ROWS];

    public LiveStreams(Counters counters) {
        live = counters.gauge("feed.live", "Subscriptions that have given data on their present connection");
    }

    /** A frame was applied. */
    public void onFrame(DecodedFrame frame, int connection) {
        switch (frame.channel) {
            case TRADES -> {
                if (frame.trades.count > 0) {
                    mark(frame.trades.symbol[0], TRADES, connection);
                }
            }
            case L2_BOOK -> {
                if (frame.book.valid) {
                    mark(frame.book.symbol, frame.book.fast ? FAST_BOOK : SLOW_BOOK, connection);
                }
            }
            case BBO -> {
                if (frame.bbo.valid) {
                    mark(frame.bbo.symbol, BBO, connection);
                }
            }
            case ASSET_CONTEXT, SPOT_ASSET_CONTEXT -> {
                if (frame.context.valid) {
                    mark(frame.context.symbol, CONTEXT, connection);
                }
            }
            case CANDLE -> {
                if (frame.candle.valid) {
                    mark(frame.candle.symbol, FIRST_CANDLE + interval(frame.candle.interval), connection);
                }
            }
            case ALL_MIDS -> mark(0, MIDS, connection);
            default -> {
                // Control frames make nothing live.
            }
        }
    }

    /** A connection is gone with all its subscriptions. */
    public void onLost(int connection) {
        long left = live.get();
        for (int i = 0; i < connectionOf.length; i++) {
            if (connectionOf[i] == connection) {
                connectionOf[i] = otherOf[i];
                otherOf[i] = 0;
                left -= connectionOf[i] == 0 ? 1 : 0;
            } else if (otherOf[i] == connection) {
                otherOf[i] = 0;
            }
        }
        live.set(left);
    }

    /** A new session: nothing is live. */
    public void onSession() {
        Arrays.fill(connectionOf, 0);
        Arrays.fill(otherOf, 0);
        live.set(0);
    }

    private void mark(int symbol, int row, int connection) {
        int at = symbol * ROWS + row;
        if (at >= connectionOf.length) {
            connectionOf = Arrays.copyOf(connectionOf, Math.max(at + 1, connectionOf.length * 2));
            otherOf = Arrays.copyOf(otherOf, connectionOf.length);
        }
        if (connectionOf[at] == 0) {
            live.increment();
            connectionOf[at] = connection;
        } else if (connectionOf[at] != connection) {
            otherOf[at] = connection;
        }
    }

    @Override
    public String stateTag() {
        return "LIVE";
    }

    @Override
    public void writeTo(StateWriter out) {
        for (int i = 0; i < CANDLE_INTERVALS; i++) {
            out.writeText(intervals[i] == null ? "" : intervals[i]);
        }
        for (int at = 0; at < connectionOf.length; at++) {
            if (connectionOf[at] != 0) {
                out.writeInt(at);
                out.writeInt(connectionOf[at]);
                out.writeInt(otherOf[at]);
            }
        }
        out.writeInt(END);
    }

    @Override
    public void readFrom(StateReader in) {
        for (int i = 0; i < CANDLE_INTERVALS; i++) {
            String interval = in.readText();
            intervals[i] = interval.isEmpty() ? null : interval;
        }
        for (int at = in.readInt(); at != END; at = in.readInt()) {
            mark(at / ROWS, at % ROWS, in.readInt());
            otherOf[at] = in.readInt();
        }
    }

    private int interval(String interval) {
        int i = 0;
        while (i < CANDLE_INTERVALS - 1 && intervals[i] != null && !intervals[i].equals(interval)) {
            i++;
        }
        intervals[i] = interval;
        return i;
    }
}
