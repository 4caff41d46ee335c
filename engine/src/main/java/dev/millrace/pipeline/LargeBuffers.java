package dev.millrace.pipeline;

import dev.millrace.market.EventSink;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.ManyToManyConcurrentArrayQueue;

/**
 * The bounded pool of arrays for payloads larger than a slot: power-of-two sizes up to
 * {@link EventSink#MAX_PAYLOAD}, made on demand, kept for reuse. Any thread, no locks.
 */
final class LargeBuffers {

    private static final int SMALLEST_SHIFT = 12;
    private static final int LARGEST_SHIFT = 24;
    /** More than a full ring holds of the venue's large frames, or each of them costs an array; bytes are bounded apart. */
    private static final int KEPT_PER_SIZE = 4096;

    private final ManyToManyConcurrentArrayQueue<byte[]>[] idle;
    private final AtomicLong room;
    private final long limit;

    /** @param bytes bound of everything handed out and kept together; at least one of the largest */
    @SuppressWarnings({"unchecked", "rawtypes"})
    LargeBuffers(long bytes) {
        limit = Math.max(bytes, EventSink.MAX_PAYLOAD);
        room = new AtomicLong(limit);
        idle = new ManyToManyConcurrentArrayQueue[LARGEST_SHIFT - SMALLEST_SHIFT + 1];
        for (int i = 0; i < idle.length; i++) {
            idle[i] = new ManyToManyConcurrentArrayQueue<>(KEPT_PER_SIZE);
        }
    }

    /** An array of at least this length, or null when the pool is exhausted now. */
    byte[] tryTake(int length) {
        int index = indexFor(length);
        byte[] kept = idle[index].poll();
        if (kept != null) {
            return kept;
        }
        int size = 1 << (index + SMALLEST_SHIFT);
        return reserve(size) || (dropIdle(size) && reserve(size)) ? new byte[size] : null;
    }

    void giveBack(byte[] buffer) {
        if (!idle[indexFor(buffer.length)].offer(buffer)) {
            room.addAndGet(buffer.length);
        }
    }

    /** Bytes handed out and kept together. */
    long bytes() {
        return limit - room.get();
    }

    private boolean reserve(int size) {
        for (long left = room.get(); left >= size; left = room.get()) {
            if (room.compareAndSet(left, left - size)) {
                return true;
            }
        }
        return false;
    }

    private boolean dropIdle(int size) {
        for (ManyToManyConcurrentArrayQueue<byte[]> kept : idle) {
            for (byte[] buffer = kept.poll(); buffer != null; buffer = kept.poll()) {
                if (room.addAndGet(buffer.length) >= size) {
                    return true;
                }
            }
        }
        return false;
    }

    private static int indexFor(int length) {
        int shift = Math.max(SMALLEST_SHIFT, 32 - Integer.numberOfLeadingZeros(Math.max(length - 1, 1)));
        return shift - SMALLEST_SHIFT;
    }
}
