package dev.millrace.bars;

import java.util.Arrays;

/** Slots in the order of emission (bucket end, timeframe, basis, symbol): a binary heap that keeps its array. */
final class SlotQueue {

    private BarSlot[] heap = new BarSlot[64];
    private int size;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    BarSlot first() {
        return heap[0];
    }

    void add(BarSlot slot) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size * 2);
        }
        int hole = size++;
        while (hole > 0 && before(slot, heap[(hole - 1) / 2])) {
            heap[hole] = heap[(hole - 1) / 2];
            hole = (hole - 1) / 2;
        }
        heap[hole] = slot;
    }

    BarSlot removeFirst() {
        BarSlot first = heap[0];
        BarSlot moved = heap[--size];
        heap[size] = null;
        if (size > 0) {
            sink(moved);
        }
        return first;
    }

    /** Takes out every slot of a series and says how many they were (cold). */
    int removeAll(BarSeries series) {
        BarSlot[] slots = Arrays.copyOf(heap, size);
        Arrays.fill(heap, 0, size, null);
        size = 0;
        for (BarSlot slot : slots) {
            if (slot.series != series) {
                add(slot);
            }
        }
        return slots.length - size;
    }

    private void sink(BarSlot slot) {
        int hole = 0;
        int child = 1;
        while (child < size) {
            if (child + 1 < size && before(heap[child + 1], heap[child])) {
                child++;
            }
            if (!before(heap[child], slot)) {
                break;
            }
            heap[hole] = heap[child];
            hole = child;
            child = 2 * hole + 1;
        }
        heap[hole] = slot;
    }

    private static boolean before(BarSlot a, BarSlot b) {
        return a.endMs != b.endMs ? a.endMs < b.endMs : a.series.isBefore(b.series);
    }
}
