package dev.millrace.journal;

import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * The way of the sparse index's places from the journaller, which knows them when it has written, to
 * {@code md-journal-sync}, which need not read the records again. Bounded, without a lock or allocation; what finds no room
 * is missed, and the reader is told to look for itself.
 */
final class IndexPoints {

    /** Who takes the places, in order. */
    interface Reader {
        /**
         * Takes one.
         *
         * @param latestBeforeNs greatest receive time of this writer's records before this one; Long.MIN_VALUE for none
         * @param index Chronicle's
         */
        void onPoint(long sequence, long latestBeforeNs, long index);
    }

    /** 2,048 places: at every 4,096th record, eight million records between two syncs. */
    private static final int RING_BYTES = 64 * 1024;

    private static final int TYPE = 1;
    private static final int POINT_BYTES = 3 * Long.BYTES;

    private final RingBuffer ring = new OneToOneRingBuffer(new UnsafeBuffer(BufferUtil.allocateDirectAligned(
            RING_BYTES + RingBufferDescriptor.TRAILER_LENGTH, BitUtil.CACHE_LINE_LENGTH)));
    private final int interval;
    private long latestNs = Long.MIN_VALUE;
    private volatile boolean missed;

    /** @param interval records from one place to the next */
    IndexPoints(int interval) {
        this.interval = interval;
    }

    /** Whether this record has a place: by its sequence alone, so that writing and rebuilding give the same index. */
    boolean isPoint(long sequence) {
        return (sequence - 1) % interval == 0;
    }

    /** Journaller thread, for each place after its record was written and before {@link #onRecord}. */
    void add(long sequence, long index) {
        int at = ring.tryClaim(TYPE, POINT_BYTES);
        if (at < 0) {
            missed = true;
            return;
        }
        ring.buffer().putLong(at, sequence);
        ring.buffer().putLong(at + Long.BYTES, latestNs);
        ring.buffer().putLong(at + 2 * Long.BYTES, index);
        ring.commit(at);
    }

    /** Journaller thread, for each record. */
    void onRecord(long receiveNs) {
        latestNs = Math.max(latestNs, receiveNs);
    }

    /**
     * Takes what is there. One thread at a time.
     *
     * @return false when places were missed: those taken until now are whole, what follows must be looked for in the
     *     journal, and places given again meanwhile be passed over
     */
    boolean drain(Reader reader) {
        MessageHandler take = (type, buffer, at, length) -> take(buffer, at, reader);
        int taken;
        do {
            if (missed) {
                missed = false;
                return false;
            }
            taken = ring.read(take); // while it reads nothing more gets in, so what was missed is behind what it takes
        } while (taken > 0);
        return true;
    }

    private static void take(MutableDirectBuffer buffer, int at, Reader reader) {
        reader.onPoint(buffer.getLong(at), buffer.getLong(at + Long.BYTES), buffer.getLong(at + 2 * Long.BYTES));
    }
}
