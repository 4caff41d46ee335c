package dev.millrace.pipeline;

/**
 * Trades of which a copy may come over another connection, by what names a trade. A later one overwrites an earlier one of the
 * same place: then that one is not found. Market thread; a quarter of a megabyte.
 */
final class RacedTrades {

    /** No trade. */
    static final int NONE = -1;

    /** Copies come within seconds. */
    private static final int PLACES = 1 << 13;

    private static final int PLACE_BITS = Integer.numberOfTrailingZeros(PLACES);

    // A place is four longs, so that one trade is on one line of the cache, or on two.
    private static final int TIME_MS = 0;
    private static final int TID = 1;
    private static final int RECEIVE_NS = 2;
    /** Its symbol above its connection, whose numbers begin at 1; 0 where the place is free. */
    private static final int ORIGIN = 3;

    private static final int FIELDS = 4;

    private final long[] table = new long[PLACES * FIELDS];

    void put(int symbol, long timeMs, long tid, int connection, long receiveNs) {
        int at = place(symbol, timeMs, tid);
        table[at + TIME_MS] = timeMs;
        table[at + TID] = tid;
        table[at + RECEIVE_NS] = receiveNs;
        table[at + ORIGIN] = (long) symbol << Integer.SIZE | connection;
    }

    /** Its place; {@link #NONE} when it was not put, was removed, or was overwritten. */
    int find(int symbol, long timeMs, long tid) {
        int at = place(symbol, timeMs, tid);
        boolean isIt = connection(at) != 0
                && table[at + ORIGIN] >> Integer.SIZE == symbol
                && table[at + TIME_MS] == timeMs
                && table[at + TID] == tid;
        return isIt ? at : NONE;
    }

    int connection(int place) {
        return (int) table[place + ORIGIN];
    }

    /** Ns since 1970. */
    long receiveNs(int place) {
        return table[place + RECEIVE_NS];
    }

    void remove(int place) {
        table[place + ORIGIN] = 0;
    }

    private static int place(int symbol, long timeMs, long tid) {
        long mixed = (tid ^ timeMs * 0x9E37_79B9_7F4A_7C15L) + symbol;
        return (int) ((mixed * 0xD6E8_FEB8_6659_FD93L) >>> (Long.SIZE - PLACE_BITS)) * FIELDS;
    }
}
