package dev.millrace.benchmarks.load;

import java.nio.ByteBuffer;

/** Unmasked, unfragmented WebSocket frames (RFC 6455, section 5.2), as a server sends them. */
final class WireFrames {

    static final int TEXT = 1;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private static final int FINAL = 0x80;
    private static final int LONGEST_HEADER = 10;

    private WireFrames() {}

    /** A whole frame, ready to be written. */
    static ByteBuffer of(int opcode, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(LONGEST_HEADER + payload.length).put((byte) (FINAL | opcode));
        if (payload.length < 126) {
            frame.put((byte) payload.length);
        } else if (payload.length < 65_536) {
            frame.put((byte) 126).putShort((short) payload.length);
        } else {
            frame.put((byte) 127).putLong(payload.length);
        }
        return frame.put(payload).flip();
    }

    static int opcode(ByteBuffer bytes, int at) {
        return bytes.get(at) & 0x0F;
    }

    /** Where the payload of the frame that begins here starts, the mask not counted; −1 while that cannot be told. */
    static int payloadAt(ByteBuffer bytes, int at, int end) {
        if (end - at < 2) {
            return -1;
        }
        int payload = at
                + switch (bytes.get(at + 1) & 0x7F) {
                    case 126 -> 4;
                    case 127 -> LONGEST_HEADER;
                    default -> 2;
                };
        return payload <= end ? payload : -1;
    }

    static int length(ByteBuffer bytes, int at) {
        int length = bytes.get(at + 1) & 0x7F;
        return switch (length) {
            case 126 -> bytes.getShort(at + 2) & 0xFFFF;
            case 127 -> Math.toIntExact(bytes.getLong(at + 2));
            default -> length;
        };
    }
}
