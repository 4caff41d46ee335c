package dev.millrace.bars;

import java.util.Arrays;

/** Slots that are not in use; creates one only when none is left. */
final class SlotPool {

    private BarSlot[] free = new BarSlot[256];
    private int size;

    BarSlot take() {
        if (size == 0) {
            return new BarSlot();
        }
        BarSlot slot = free[--size];
        free[size] = null;
        return slot;
    }

    void giveBack(BarSlot slot) {
        if (size == free.length) {
            free = Arrays.copyOf(free, size * 2);
        }
        slot.series = null;
        free[size++] = slot;
    }
}
