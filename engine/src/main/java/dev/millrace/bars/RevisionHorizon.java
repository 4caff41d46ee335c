package dev.millrace.bars;

import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;

/**
 * The exchange time before which bars are final: the venue's clock less the revision window. A longer window does not
 * bring it back, for the bars before it have been let go.
 */
final class RevisionHorizon {

    private long windowMs;
    private long floorMs = Long.MIN_VALUE;

    RevisionHorizon(long windowMs) {
        this.windowMs = windowMs;
    }

    /** A trade before it is too late; {@link Long#MIN_VALUE} while there is no clock. */
    long at(long clockMs) {
        return clockMs == Long.MIN_VALUE ? floorMs : Math.max(floorMs, clockMs - windowMs);
    }

    void writeTo(StateWriter out) {
        out.writeLong(floorMs);
    }

    void readFrom(StateReader in) {
        floorMs = in.readLong();
    }

    void change(long newWindowMs, long clockMs) {
        floorMs = at(clockMs);
        windowMs = newWindowMs;
    }
}
