package dev.millrace.order;

import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;
import java.util.Arrays;

/**
 * The recent trades of one symbol, by (time, tid), in order of arrival. A trade that is not in here can be proven new only
 * while it is younger than the floor: the newest exchange time that was ever evicted.
 *
 * <p>Layout: a ring of entries addressed by their ordinal (the n-th trade ever accepted) and an open-addressing table
 * of their hashes and ordinals: with the hash beside it, a probe that is not the trade looked for ends in the table, and
 * misses no cache in the arrays. Allocates only while it grows. Market thread.
 *
 * <pre>
 *   ordinal   first ............... next − 1
 *   time[]    [ordinal &amp; ringMask]
 *   tid[]     [ordinal &amp; ringMask]
 *   table[]   hash(time, tid) in the high half, 1 and 31 bits of the ordinal in the low one; 0 = free;
 *             linear probing, backward-shift deletion
 * </pre>
 */
final class TradeWindow {

    /** Enough to tell apart what a window holds at one time. */
    private static final int ORDINAL_BITS = Integer.MAX_VALUE;

    /** Makes an entry of whatever hash and ordinal differ from a free slot. */
    private static final long TAKEN = 1L << (Integer.SIZE - 1);

    private long[] time = new long[32];
    private long[] tid = new long[32];
    private long[] table = new long[64];
    private long first;
    private long next;
    private long floorMs = Long.MIN_VALUE;
    private long newestMs = Long.MIN_VALUE;

    /** The ordinal of a trade that is held, or −1. */
    long find(long timeMs, long id) {
        int mask = table.length - 1;
        int hash = hash(timeMs, id);
        int slot = hash & mask;
        while (table[slot] != 0) {
            int at = (int) table[slot] & time.length - 1;
            if (hashIn(table[slot]) == hash && time[at] == timeMs && tid[at] == id) {
                return first + (((int) table[slot] - (int) first) & ORDINAL_BITS);
            }
            slot = (slot + 1) & mask;
        }
        return -1;
    }

    void add(long timeMs, long id) {
        if (size() == time.length) {
            grow();
        }
        int at = (int) next & time.length - 1;
        time[at] = timeMs;
        tid[at] = id;
        insert(next++);
        newestMs = Math.max(newestMs, timeMs);
    }

    /** Evicts the oldest arrivals while there are more than keep of them and they are no younger than youngerThanMs. */
    void evict(int keep, int hardCap, long youngerThanMs) {
        while (size() > keep && (oldestArrivalMs() <= youngerThanMs || size() > hardCap)) {
            floorMs = Math.max(floorMs, oldestArrivalMs());
            delete(first++);
        }
    }

    int size() {
        return (int) (next - first);
    }

    /** The ordinal the next accepted trade will get: trades accepted so far have smaller ones. */
    long nextOrdinal() {
        return next;
    }

    /** A trade at or below this time that is not held cannot be proven new. */
    long floorMs() {
        return floorMs;
    }

    /** The greatest exchange time ever accepted. */
    long newestMs() {
        return newestMs;
    }

    /** Whether it never took a trade: as good as one that was never made. */
    boolean isPristine() {
        return next == 0;
    }

    void writeTo(StateWriter out) {
        out.writeLong(first);
        out.writeLong(next);
        out.writeLong(floorMs);
        out.writeLong(newestMs);
        for (long ordinal = first; ordinal < next; ordinal++) {
            int at = (int) ordinal & time.length - 1;
            out.writeLong(time[at]);
            out.writeLong(tid[at]);
        }
    }

    void readFrom(StateReader in) {
        first = in.readLong();
        next = first;
        long end = in.readLong();
        long floor = in.readLong();
        long newest = in.readLong();
        while (next < end) {
            add(in.readLong(), in.readLong());
        }
        floorMs = floor;
        newestMs = newest;
    }

    private long oldestArrivalMs() {
        return time[(int) first & time.length - 1];
    }

    private void insert(long ordinal) {
        int mask = table.length - 1;
        long entry = entryOf(ordinal);
        int slot = hashIn(entry) & mask;
        while (table[slot] != 0) {
            slot = (slot + 1) & mask;
        }
        table[slot] = entry;
    }

    private void delete(long ordinal) {
        int mask = table.length - 1;
        long entry = entryOf(ordinal);
        int slot = hashIn(entry) & mask;
        while (table[slot] != entry) {
            slot = (slot + 1) & mask;
        }
        int hole = slot;
        for (int probe = (slot + 1) & mask; table[probe] != 0; probe = (probe + 1) & mask) {
            int home = hashIn(table[probe]) & mask;
            if (((probe - home) & mask) >= ((probe - hole) & mask)) {
                table[hole] = table[probe];
                hole = probe;
            }
        }
        table[hole] = 0;
    }

    private void grow() {
        long[] oldTime = time;
        long[] oldTid = tid;
        int oldMask = oldTime.length - 1;
        time = new long[oldTime.length * 2];
        tid = new long[time.length];
        table = new long[time.length * 2];
        for (long ordinal = first; ordinal < next; ordinal++) {
            int at = (int) ordinal & time.length - 1;
            time[at] = oldTime[(int) ordinal & oldMask];
            tid[at] = oldTid[(int) ordinal & oldMask];
            insert(ordinal);
        }
    }

    private long entryOf(long ordinal) {
        int at = (int) ordinal & time.length - 1;
        return ((long) hash(time[at], tid[at]) << Integer.SIZE) | TAKEN | (ordinal & ORDINAL_BITS);
    }

    private static int hashIn(long entry) {
        return (int) (entry >>> Integer.SIZE);
    }

    private static int hash(long timeMs, long id) {
        long mixed = (id ^ timeMs * 0x9E37_79B9_7F4A_7C15L) * 0xD6E8_FEB8_6659_FD93L;
        return (int) (mixed >>> 32);
    }

    @Override
    public String toString() {
        return "trades " + size() + ", floor " + floorMs + ", table "
                + Arrays.stream(table).filter(s -> s != 0).count();
    }
}
