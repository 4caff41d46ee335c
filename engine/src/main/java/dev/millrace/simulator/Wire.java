package dev.millrace.simulator;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.ByteArrayOutputStream;

/** Unmasked, unfragmented WebSocket text frames (RFC 6455, section 5.2), as a server sends them. */
final class Wire {

    private static final int FINAL = 0x80;
    private static final int TEXT = 1;
    private static final int CONTINUATION = 0;

    private Wire() {}

    /** One frame in a buffer of its own. */
    static ByteBuf frame(ByteBufAllocator allocator, byte[] payload) {
        byte[] header = header(payload.length);
        return allocator
                .directBuffer(header.length + payload.length)
                .writeBytes(header)
                .writeBytes(payload);
    }

    /** What stands before a payload of this length. */
    static byte[] header(int length) {
        if (length < 126) {
            return new byte[] {(byte) (FINAL | TEXT), (byte) length};
        }
        int width = length < 65_536 ? 2 : 8;
        byte[] header = new byte[2 + width];
        header[0] = (byte) (FINAL | TEXT);
        header[1] = (byte) (width == 2 ? 126 : 127);
        long rest = length;
        for (int i = header.length - 1; i >= 2; i--) {
            header[i] = (byte) rest;
            rest >>>= 8;
        }
        return header;
    }

    /** The payload of the next of our own frames, which is read. */
    static byte[] payload(ByteBuf frames) {
        frames.skipBytes(1);
        int length = frames.readUnsignedByte();
        if (length == 126) {
            length = frames.readUnsignedShort();
        } else if (length == 127) {
            length = Math.toIntExact(frames.readLong());
        }
        byte[] payload = new byte[length];
        frames.readBytes(payload);
        return payload;
    }

    /** The payload as a text frame in so many fragments, or in fewer where it is too short. */
    static byte[] fragments(byte[] payload, int parts) {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        int size = Math.max(1, (payload.length + parts - 1) / parts);
        for (int from = 0; from < payload.length; from += size) {
            int length = Math.min(size, payload.length - from);
            byte[] header = header(length);
            header[0] = (byte) ((from == 0 ? TEXT : CONTINUATION) | (from + length == payload.length ? FINAL : 0));
            wire.writeBytes(header);
            wire.write(payload, from, length);
        }
        return wire.toByteArray();
    }
}
