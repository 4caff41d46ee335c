package dev.millrace.market;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Wire names ⇄ small ids in order of first appearance. Looking up a known name allocates nothing. One thread writes and
 * looks up; {@link #name} may be called by others for ids they were given.
 */
public final class SymbolTable implements StatePart {

    private int[] slots = new int[256];
    private volatile String[] names = new String[64];
    private byte[][] bytes = new byte[64][];
    private int size;

    /** The id of a wire name, verbatim; a new name gets the next id. */
    public int id(byte[] buffer, int offset, int length) {
        int known = find(buffer, offset, length);
        return known >= 0 ? known : register(Arrays.copyOfRange(buffer, offset, offset + length));
    }

    /** The id of a wire name, verbatim; −1 when it is not known. */
    public int find(byte[] buffer, int offset, int length) {
        int mask = slots.length - 1;
        int slot = hash(buffer, offset, length) & mask;
        while (slots[slot] != 0) {
            int id = slots[slot] - 1;
            byte[] known = bytes[id];
            if (known.length == length && Arrays.equals(known, 0, length, buffer, offset, offset + length)) {
                return id;
            }
            slot = (slot + 1) & mask;
        }
        return -1;
    }

    public int id(String name) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        return id(utf8, 0, utf8.length);
    }

    /** How many names are known; ids are 0 to size − 1. */
    public int size() {
        return size;
    }

    public String name(int id) {
        return names[id];
    }

    @Override
    public String stateTag() {
        return "SYMB";
    }

    /** The names in the order of their ids. */
    @Override
    public void writeTo(StateWriter out) {
        out.writeInt(size);
        for (int id = 0; id < size; id++) {
            out.writeBytes(bytes[id], bytes[id].length);
        }
    }

    @Override
    public void readFrom(StateReader in) {
        int count = in.count(Integer.BYTES);
        for (int id = 0; id < count; id++) {
            byte[] name = in.readBytes();
            if (id(name, 0, name.length) != id) {
                throw new StateException("symbol " + id + " has the name of another");
            }
        }
        in.symbols(count);
    }

    private int register(byte[] name) {
        if (size == bytes.length) {
            bytes = Arrays.copyOf(bytes, size * 2);
            names = Arrays.copyOf(names, size * 2);
        }
        int id = size++;
        bytes[id] = name;
        String[] grown = names;
        grown[id] = new String(name, StandardCharsets.UTF_8);
        names = grown;
        if (size * 2 > slots.length) {
            rehash(slots.length * 2);
        } else {
            put(id);
        }
        return id;
    }

    private void rehash(int capacity) {
        slots = new int[capacity];
        for (int id = 0; id < size; id++) {
            put(id);
        }
    }

    private void put(int id) {
        int mask = slots.length - 1;
        int slot = hash(bytes[id], 0, bytes[id].length) & mask;
        while (slots[slot] != 0) {
            slot = (slot + 1) & mask;
        }
        slots[slot] = id + 1;
    }

    private static int hash(byte[] buffer, int offset, int length) {
        int hash = length;
        for (int i = offset; i < offset + length; i++) {
            hash = 31 * hash + buffer[i];
        }
        return hash ^ hash >>> 15;
    }
}
