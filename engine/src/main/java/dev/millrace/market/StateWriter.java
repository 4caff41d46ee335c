package dev.millrace.market;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * State as bytes, little-endian, in one reused array that only grows. One thread at a time.
 *
 * <pre>
 *   section   tag (4 ASCII letters) | length of the content (int) | content
 *   text      characters (int) | UTF-16 code units (2 bytes each): written without an encoder, so without garbage
 *   bytes     length (int) | bytes
 *   flag      one byte, 0 or 1
 * </pre>
 */
public final class StateWriter {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle CHARS = MethodHandles.byteArrayViewVarHandle(char[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int TAG_BYTES = 4;
    private static final int MAX_BYTES = Integer.MAX_VALUE - 8;

    private byte[] bytes = new byte[1 << 16];
    private int length;

    /** Forgets what was written; the room stays. */
    public void clear() {
        length = 0;
    }

    /** Bytes written. */
    public int length() {
        return length;
    }

    /** What was written, from index 0 to {@link #length()}; valid until the next write. */
    public byte[] bytes() {
        return bytes;
    }

    /** Writes a part as a section of its own. */
    public void section(StatePart part) {
        String tag = part.stateTag();
        int start = room(TAG_BYTES + Integer.BYTES);
        for (int i = 0; i < TAG_BYTES; i++) {
            bytes[start + i] = (byte) tag.charAt(i);
        }
        int content = length;
        part.writeTo(this);
        INTS.set(bytes, start + TAG_BYTES, length - content);
    }

    public void writeLong(long value) {
        int at = room(Long.BYTES);
        LONGS.set(bytes, at, value);
    }

    /** Writes so many values from an index on, without their number. */
    public void writeLongs(long[] values, int from, int count) {
        int at = room(Math.multiplyExact(count, Long.BYTES));
        for (int i = 0; i < count; i++) {
            LONGS.set(bytes, at + i * Long.BYTES, values[from + i]);
        }
    }

    public void writeInt(int value) {
        int at = room(Integer.BYTES);
        INTS.set(bytes, at, value);
    }

    public void writeFlag(boolean value) {
        int at = room(1);
        bytes[at] = (byte) (value ? 1 : 0);
    }

    void writeSum(Sum128 sum) {
        writeLong(sum.high());
        writeLong(sum.low());
    }

    public void writeText(String text) {
        writeInt(text.length());
        int at = room(Math.multiplyExact(text.length(), Character.BYTES));
        for (int i = 0; i < text.length(); i++) {
            CHARS.set(bytes, at + i * Character.BYTES, text.charAt(i));
        }
    }

    public void writeBytes(byte[] from, int count) {
        writeInt(count);
        int at = room(count);
        System.arraycopy(from, 0, bytes, at, count);
    }

    /** Where so many bytes may be written. */
    private int room(int count) {
        int at = length;
        if (count > bytes.length - at) {
            if (count > MAX_BYTES - at) {
                throw new StateException("the state needs more than " + MAX_BYTES + " bytes");
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(MAX_BYTES, Math.max(bytes.length * 2L, (long) at + count)));
        }
        length = at + count;
        return at;
    }
}
