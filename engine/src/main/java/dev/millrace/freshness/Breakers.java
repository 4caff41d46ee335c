package dev.millrace.freshness;

import dev.millrace.market.Channel;
import dev.millrace.market.DecodedFrame;
import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;
import java.util.ArrayList;
import java.util.List;

/** The circuit breakers of all connections, by channel. Market thread; allocates for a channel's first frame only. */
final class Breakers {

    /** Of the coins in one frame of mids, one in so many may be unreadable. */
    private static final int TOLERATED_MIDS = 20;

    private final List<Breaker> all = new ArrayList<>();
    /** Whether any is: mostly none, and each book asks. */
    private boolean areOpen;

    int size() {
        return all.size();
    }

    Breaker get(int index) {
        return all.get(index);
    }

    /** Takes a decoded frame; the breaker that it opened or closed, or null. */
    Breaker onFrame(DecodedFrame frame, int connection) {
        Breaker unreadable = findOrAdd(connection, Channel.NOT_A_MESSAGE);
        Breaker changed = unreadable.onFrame(frame.channel == Channel.NOT_A_MESSAGE) ? unreadable : null;
        if (isData(frame.channel)) {
            Breaker breaker = findOrAdd(connection, frame.channel);
            changed = breaker.onFrame(isFailure(frame)) ? breaker : changed;
        }
        if (changed != null) {
            look();
        }
        return changed;
    }

    /** Whether what this frame says is not to be believed. */
    boolean gates(DecodedFrame frame, int connection) {
        return isData(frame.channel) && isOpen(connection, frame.channel);
    }

    /** Whether nothing is derived of this channel now. */
    boolean isOpen(int connection, Channel channel) {
        Breaker breaker = areOpen ? find(connection, channel) : null;
        return breaker != null && breaker.isOpen();
    }

    void onLost(int connection) {
        all.removeIf(breaker -> breaker.connection == connection);
        look();
    }

    void clear() {
        all.clear();
        areOpen = false;
    }

    private void look() {
        areOpen = all.stream().anyMatch(Breaker::isOpen);
    }

    /** Control frames give nothing that could be wrong. */
    private static boolean isData(Channel channel) {
        return switch (channel) {
            case TRADES, L2_BOOK, BBO, ALL_MIDS, CANDLE, ASSET_CONTEXT, SPOT_ASSET_CONTEXT -> true;
            case ACK, PONG, ERROR, UNKNOWN, NOT_A_MESSAGE -> false;
        };
    }

    /** One odd coin among a thousand does not make a frame of mids unreadable. */
    private static boolean isFailure(DecodedFrame frame) {
        return frame.channel == Channel.ALL_MIDS
                ? frame.refused * TOLERATED_MIDS > frame.mids.count + frame.refused
                : frame.refused > 0;
    }

    private Breaker find(int connection, Channel channel) {
        for (int i = 0; i < all.size(); i++) {
            Breaker breaker = all.get(i);
            if (breaker.connection == connection && breaker.channel == channel) {
                return breaker;
            }
        }
        return null;
    }

    private Breaker findOrAdd(int connection, Channel channel) {
        Breaker known = find(connection, channel);
        if (known != null) {
            return known;
        }
        Breaker breaker = new Breaker(connection, channel);
        all.add(breaker);
        return breaker;
    }

    void writeTo(StateWriter out) {
        out.writeInt(all.size());
        for (int i = 0; i < all.size(); i++) {
            all.get(i).writeTo(out);
        }
    }

    void readFrom(StateReader in) {
        for (int left = in.count(Long.BYTES); left > 0; left--) {
            all.add(Breaker.readFrom(in));
        }
        look();
    }
}
