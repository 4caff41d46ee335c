package dev.millrace.store;

/** The rows that a stretch of the journal gives, up to and with one record. One thread at a time. */
final class Batch {

    private final RowBuffer[] buffers = new RowBuffer[Table.values().length];
    private long sequence;
    private long receiveNs;

    Batch() {
        for (Table table : Table.values()) {
            buffers[table.ordinal()] = new RowBuffer(table);
        }
    }

    RowBuffer of(Table table) {
        return buffers[table.ordinal()];
    }

    /** All rows that come from records up to this one are in. */
    void reaches(long newSequence, long newReceiveNs) {
        sequence = newSequence;
        receiveNs = newReceiveNs;
    }

    long sequence() {
        return sequence;
    }

    /** Receive time of the record with {@link #sequence}. */
    long receiveNs() {
        return receiveNs;
    }

    long rows() {
        long rows = 0;
        for (RowBuffer buffer : buffers) {
            rows += buffer.rows();
        }
        return rows;
    }

    /** About what the rows take in memory. */
    long bytes() {
        long bytes = 0;
        for (RowBuffer buffer : buffers) {
            bytes += buffer.bytes();
        }
        return bytes;
    }

    void clear() {
        for (RowBuffer buffer : buffers) {
            buffer.clear();
        }
    }
}
