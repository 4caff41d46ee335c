package dev.millrace.journal;

import static dev.millrace.journal.RecordLayout.HEADER_BYTES;

import dev.millrace.market.EventSink;
import java.util.function.Supplier;

/**
 * Judges one record after the other: its length against the room that it has, its checksum against its bytes, its sequence
 * against that of the one before. One thread; allocates nothing while records are sound.
 */
final class RecordCheck {

    private final RecordHeader header = new RecordHeader();
    private final Supplier<String> file;
    /** Sequence of the next record; 0 where it may have any. */
    private long expected;

    private String damage;
    /** The damage is a hole before the current record, which is sound itself. */
    private boolean hole;

    /** @param file name of the current record's, for messages */
    RecordCheck(Supplier<String> file) {
        this.file = file;
    }

    /** The current record's header; who reads the record fills it. */
    RecordHeader header() {
        return header;
    }

    long expected() {
        return expected;
    }

    /** Goes to another place. */
    void expect(long sequence) {
        hole = false;
        expected = sequence;
    }

    /** Goes to the next record. */
    void next() {
        damage = null;
    }

    /** The record that a hole was told of is the current one once more, sound. */
    void again() {
        hole = false;
        damage = null;
        expected = header.sequence();
    }

    /** There is no room for a header. */
    void onTooShort(long present) {
        damage = "holds " + present + " bytes, less than a header of " + HEADER_BYTES;
    }

    /**
     * The header was read.
     *
     * @param present bytes that the file holds behind it
     */
    void onHeader(long present) {
        int length = header.length();
        if (length < 0 || length > EventSink.MAX_PAYLOAD || length != present) {
            damage = "length says " + length + ", the file holds " + present + " bytes of payload";
        }
    }

    /** Whether records are missing before the current one, as far as its header is to be trusted. */
    boolean isAhead() {
        return damage == null && expected != 0 && header.sequence() > expected;
    }

    /**
     * The payload was read.
     *
     * @throws NewerFormatException when a later Millrace wrote the record
     */
    void onPayload(byte[] payload) {
        int actual = header.checksum(payload, header.length());
        if (actual != header.crc()) {
            damage = "CRC32C is " + Integer.toHexString(actual) + ", the record says "
                    + Integer.toHexString(header.crc());
        } else if (header.version() > RecordLayout.VERSION) {
            throw new NewerFormatException(file.get(), header.sequence(), header.version());
        } else if (expected != 0 && header.sequence() != expected) {
            damage = "sequence " + header.sequence() + " follows " + (expected - 1);
            expected = header.sequence();
            hole = true;
        }
    }

    /** The record was read, sound or not. */
    void passed() {
        expected = damage == null || expected == 0 ? header.sequence() + 1 : expected + 1;
    }

    /** Null when nothing is known to be wrong. */
    String damage() {
        return damage;
    }

    boolean isHole() {
        return hole;
    }

    JournalDamagedException damaged() {
        return new JournalDamagedException(file.get(), sequence(), damage, null);
    }

    /** By the record itself, or by its place when it is damaged. */
    long sequence() {
        return damage == null ? header.sequence() : expected - 1;
    }

    /** Payload bytes; 0 when the header is not to be trusted. */
    int length() {
        return damage == null ? header.length() : 0;
    }
}
