package dev.millrace.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LargeBuffersTest {

    private static final int MIDS_BYTES = 20_000;

    @Test
    void shouldReuseTheArraysOfAFullRing() {
        int inFlight = 500;
        LargeBuffers pool = new LargeBuffers(128L << 20);
        Set<byte[]> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int round = 0; round < 3; round++) {
            byte[][] taken = new byte[inFlight][];
            for (int i = 0; i < inFlight; i++) {
                taken[i] = pool.tryTake(MIDS_BYTES);
                seen.add(taken[i]);
            }
            for (byte[] array : taken) {
                pool.giveBack(array);
            }
        }
        assertEquals(inFlight, seen.size(), "arrays made");
    }
}
