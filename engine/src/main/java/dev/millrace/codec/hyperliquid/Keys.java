package dev.millrace.codec.hyperliquid;

import java.util.Arrays;

/** The known keys of one kind of object: a key's bytes to its index by a table without collisions. */
final class Keys {

    static final int UNKNOWN = -1;

    private final byte[][] names;
    private final byte[] slots;

    /** @param names in the order of their indexes, at most 64 */
    Keys(String... names) {
        this.names = Text.words(names);
        slots = table();
    }

    /** The index of a name, or {@link #UNKNOWN}. */
    int find(byte[] bytes, int from, int to) {
        int index = slots[hash(bytes, from, to) & slots.length - 1];
        return index >= 0 && is(names[index], bytes, from, to) ? index : UNKNOWN;
    }

    /** Names are short: a loop beats the call of the vectorised comparison. */
    private static boolean is(byte[] name, byte[] bytes, int from, int to) {
        if (name.length != to - from) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if (name[i] != bytes[from + i]) {
                return false;
            }
        }
        return true;
    }

    private byte[] table() {
        byte[] table;
        int size = 8;
        do {
            size *= 2;
            table = new byte[size];
            Arrays.fill(table, (byte) UNKNOWN);
        } while (!fill(table));
        return table;
    }

    private boolean fill(byte[] table) {
        for (int i = 0; i < names.length; i++) {
            int slot = hash(names[i], 0, names[i].length) & table.length - 1;
            if (table[slot] != UNKNOWN) {
                return false;
            }
            table[slot] = (byte) i;
        }
        return true;
    }

    /** Of the length, the first, middle and last byte: these tell the keys of each object apart. */
    private static int hash(byte[] bytes, int from, int to) {
        if (from == to) {
            return 0;
        }
        int hash = (bytes[from] * 31 + bytes[(from + to) >>> 1]) * 31 + bytes[to - 1];
        return hash * 31 + to - from;
    }
}
