package dev.millrace.bars;

/** The slots of one series by start: a ring that grows, appended and searched at its end, shortened at its head. */
final class BarWindow {

    private BarSlot[] ring = new BarSlot[4];
    private int head;
    private int size;

    int size() {
        return size;
    }

    BarSlot get(int index) {
        return ring[(head + index) & (ring.length - 1)];
    }

    /** The newest slot; null when there is none. */
    BarSlot last() {
        return size == 0 ? null : get(size - 1);
    }

    /** Where the first slot stands that starts at or after this time; {@link #size} when there is none. */
    int indexFrom(long startMs) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (get(middle).startMs < startMs) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    void insert(int index, BarSlot slot) {
        if (size == ring.length) {
            grow();
        }
        for (int i = size; i > index; i--) {
            set(i, get(i - 1));
        }
        set(index, slot);
        size++;
    }

    BarSlot removeFirst() {
        BarSlot first = get(0);
        set(0, null);
        head = (head + 1) & (ring.length - 1);
        size--;
        return first;
    }

    private void set(int index, BarSlot slot) {
        ring[(head + index) & (ring.length - 1)] = slot;
    }

    private void grow() {
        BarSlot[] larger = new BarSlot[size * 2];
        for (int i = 0; i < size; i++) {
            larger[i] = get(i);
        }
        ring = larger;
        head = 0;
    }
}
