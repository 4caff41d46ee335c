package dev.millrace.benchmarks.faults;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/** The messages of one WebSocket, taken from its bytes (RFC 6455, unmasked): length and checksum of each that is whole. */
final class Messages {

    private static final int FINAL = 0x80;
    private static final int LENGTH = 0x7f;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private final List<Long> prints = new ArrayList<>();

    /** Whole frames, or the beginning of the last one. */
    void add(byte[] wire) {
        bytes.writeBytes(wire);
        ByteBuffer left = ByteBuffer.wrap(bytes.toByteArray());
        while (frame(left)) {
            // as many as are whole
        }
        byte[] rest = new byte[left.remaining()];
        left.get(rest);
        bytes.reset();
        bytes.writeBytes(rest);
    }

    private boolean frame(ByteBuffer left) {
        ByteBuffer at = left.duplicate();
        if (at.remaining() < 2) {
            return false;
        }
        boolean last = (at.get() & FINAL) != 0;
        int shortLength = at.get() & LENGTH;
        int width = shortLength == 127 ? Long.BYTES : shortLength == 126 ? Short.BYTES : 0;
        if (at.remaining() < width) {
            return false;
        }
        long length = width == Long.BYTES
                ? at.getLong()
                : width == Short.BYTES ? Short.toUnsignedLong(at.getShort()) : shortLength;
        if (at.remaining() < length) {
            return false;
        }
        byte[] payload = new byte[Math.toIntExact(length)];
        at.get(payload);
        left.position(at.position());
        message.writeBytes(payload);
        if (last) {
            prints.add(print(message.toByteArray(), message.size()));
            message.reset();
        }
        return true;
    }

    /** What a message is recognised by. */
    static long print(byte[] text, int length) {
        CRC32C crc = new CRC32C();
        crc.update(text, 0, length);
        return (long) length << Integer.SIZE | crc.getValue();
    }

    List<Long> prints() {
        return List.copyOf(prints);
    }
}
