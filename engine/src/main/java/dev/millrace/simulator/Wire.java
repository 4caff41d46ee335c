package dev.millrace.simulator;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** Unmasked, unfragmented WebSocket text frames (RFC 6455, section 5.2), as a server sends them. */
final class Wire {

    private static final int FINAL_TEXT = 0x81;

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
            return new byte[] {(byte) FINAL_TEXT, (byte) length};
        }
        int width = length < 65_536 ? 2 : 8;
        byte[] header = new byte[2 + width];
        header[0] = (byte) FINAL_TEXT;
        header[1] = (byte) (width == 2 ? 126 : 127);
        long rest = length;
        for (int i = header.length - 1; i >= 2; i--) {
            header[i] = (byte) rest;
            rest >>>= 8;
        }
        return header;
    }
}
