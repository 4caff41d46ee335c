package dev.millrace.journal;

import static dev.millrace.journal.RecordLayout.CRC_OFFSET;
import static dev.millrace.journal.RecordLayout.HEADER_BYTES;
import static dev.millrace.journal.RecordLayout.KIND_OFFSET;
import static dev.millrace.journal.RecordLayout.LENGTH_OFFSET;
import static dev.millrace.journal.RecordLayout.RECEIVE_NS_OFFSET;
import static dev.millrace.journal.RecordLayout.SEQUENCE_OFFSET;
import static dev.millrace.journal.RecordLayout.SOURCE_OFFSET;
import static dev.millrace.journal.RecordLayout.VERSION_OFFSET;
import static dev.millrace.journal.RecordLayout.ZERO_OFFSET;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/** Flyweight over the 36 bytes before a payload; one thread; reused for every record, allocates nothing. */
final class RecordHeader {

    private final byte[] bytes = new byte[HEADER_BYTES];
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    private final CRC32C crc = new CRC32C();

    /** The encoded header: to be copied out whole after {@link #encode}, or filled before the accessors are used. */
    byte[] bytes() {
        return bytes;
    }

    void encode(byte kind, long sequence, long source, long receiveNs, byte[] payload, int length) {
        buffer.putByte(VERSION_OFFSET, (byte) RecordLayout.VERSION);
        buffer.putByte(KIND_OFFSET, kind);
        buffer.putShort(ZERO_OFFSET, (short) 0, LITTLE_ENDIAN);
        buffer.putInt(LENGTH_OFFSET, length, LITTLE_ENDIAN);
        buffer.putLong(SEQUENCE_OFFSET, sequence, LITTLE_ENDIAN);
        buffer.putLong(SOURCE_OFFSET, source, LITTLE_ENDIAN);
        buffer.putLong(RECEIVE_NS_OFFSET, receiveNs, LITTLE_ENDIAN);
        buffer.putInt(CRC_OFFSET, checksum(payload, length), LITTLE_ENDIAN);
    }

    /** The checksum that belongs to this header before this payload. */
    int checksum(byte[] payload, int length) {
        crc.reset();
        crc.update(bytes, 0, CRC_OFFSET);
        crc.update(payload, 0, length);
        return (int) crc.getValue();
    }

    int version() {
        return buffer.getByte(VERSION_OFFSET) & 0xFF;
    }

    byte kind() {
        return buffer.getByte(KIND_OFFSET);
    }

    int length() {
        return buffer.getInt(LENGTH_OFFSET, LITTLE_ENDIAN);
    }

    long sequence() {
        return buffer.getLong(SEQUENCE_OFFSET, LITTLE_ENDIAN);
    }

    long source() {
        return buffer.getLong(SOURCE_OFFSET, LITTLE_ENDIAN);
    }

    long receiveNs() {
        return buffer.getLong(RECEIVE_NS_OFFSET, LITTLE_ENDIAN);
    }

    int crc() {
        return buffer.getInt(CRC_OFFSET, LITTLE_ENDIAN);
    }
}
