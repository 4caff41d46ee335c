package dev.millrace.codec.hyperliquid;

import com.dslplatform.json.JsonReader;
import java.io.IOException;
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

    /** Reads the name at the reader's opening quote and leaves the reader behind its closing one. */
    int find(JsonReader<Object> reader) throws IOException {
        int index = slots[reader.calcHash() & slots.length - 1];
        return index >= 0 && reader.wasLastName(names[index]) ? index : UNKNOWN;
    }

    /** The same for a name whose bytes are not its text. */
    int find(Text name) {
        return name.indexIn(names);
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
            int slot = hash(names[i]) & table.length - 1;
            if (table[slot] != UNKNOWN) {
                return false;
            }
            table[slot] = (byte) i;
        }
        return true;
    }

    /** FNV-1a, as {@link JsonReader#calcHash()} computes it. */
    private static int hash(byte[] name) {
        int hash = 0x811c9dc5;
        for (byte b : name) {
            hash = (hash ^ b) * 0x1000193;
        }
        return hash;
    }
}
