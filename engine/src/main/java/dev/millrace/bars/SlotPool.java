package dev.millrace.bars;

import java.util.Arrays;

/** Slots that are not in use; creates one only when none is left, which what was reserved avoids. */
final class SlotPool {

    private BarSlot[] free = new BarSlot[256];
    private int size;

    /** Makes so many more (cold). */
    void reserve(int count) {
        for (int i = 0; i < count; i++) {
            giveBack(new BarSlot());
        }
    }

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
