package dev.millrace.market;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Reads what {@link StateWriter} wrote, section by section; every disagreement is a {@link StateException}. One thread. */
public final class StateReader {

    private static final int TAG_BYTES = 4;

    private final ByteBuffer in;
    private String section = "";
    private int symbols;

    /** Reads the first {@code length} bytes. */
    public StateReader(byte[] bytes, int length) {
        in = ByteBuffer.wrap(bytes, 0, length).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Gives the next section to the part that it must belong to; the part must read all of it. */
    public void section(StatePart part) {
        section = part.stateTag();
        byte[] tag = new byte[TAG_BYTES];
        require(TAG_BYTES + Integer.BYTES);
        in.get(tag);
        String found = new String(tag, StandardCharsets.ISO_8859_1);
        if (!found.equals(section)) {
            throw new StateException("section " + section + " is missing; " + found + " stands in its place");
        }
        int limit = in.limit();
        int length = count(1);
        in.limit(in.position() + length);
        part.readFrom(this);
        if (in.hasRemaining()) {
            throw new StateException("section " + section + " holds " + in.remaining() + " bytes too many");
        }
        in.limit(limit);
    }

    /** To be called behind the last section. */
    public void requireEnd() {
        if (in.hasRemaining()) {
            throw new StateException(in.remaining() + " bytes follow section " + section + ", the last that is known");
        }
    }

    public long readLong() {
        require(Long.BYTES);
        return in.getLong();
    }

    public void readLongs(long[] into, int from, int count) {
        require((long) count * Long.BYTES);
        for (int i = 0; i < count; i++) {
            into[from + i] = in.getLong();
        }
    }

    public int readInt() {
        require(Integer.BYTES);
        return in.getInt();
    }

    /** A number of elements of at least so many bytes each, for which there must be room. */
    public int count(int bytesEach) {
        int count = readInt();
        if (count < 0 || (long) count * bytesEach > in.remaining()) {
            throw new StateException("section " + section + " claims " + count + " elements of " + bytesEach
                    + " bytes or more; " + in.remaining() + " bytes are left");
        }
        return count;
    }

    /** A number from 0 to the bound, exclusive. */
    public int readIndex(int bound) {
        int index = readInt();
        if (index < 0 || index >= bound) {
            throw new StateException("section " + section + ": " + index + " must be from 0 to " + (bound - 1));
        }
        return index;
    }

    /** Ids from 0 to below this number are known from now on. */
    void symbols(int count) {
        symbols = count;
    }

    /** Gives back a symbol id that was read, if it is a known one. */
    public int checkId(int symbol) {
        if (symbol < 0 || symbol >= symbols) {
            throw new StateException("section " + section + " speaks of symbol " + symbol + " of " + symbols);
        }
        return symbol;
    }

    public boolean readFlag() {
        require(1);
        return in.get() != 0;
    }

    void readSum(Sum128 into) {
        long high = readLong();
        into.set(high, readLong());
    }

    public String readText() {
        char[] text = new char[count(Character.BYTES)];
        for (int i = 0; i < text.length; i++) {
            text[i] = in.getChar();
        }
        return new String(text);
    }

    public byte[] readBytes() {
        byte[] bytes = new byte[count(1)];
        in.get(bytes);
        return bytes;
    }

    private void require(long bytes) {
        if (bytes > in.remaining()) {
            throw new StateException(
                    "section " + section + " ends " + (bytes - in.remaining()) + " bytes before its content");
        }
    }
}
