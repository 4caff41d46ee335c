package dev.millrace.market;

import java.util.Arrays;

/** One side of a {@link Ladder}, best level first. Prices have scale 8, sizes {@link Ladder#sizeScale}. */
public final class LadderSide {

    private final boolean bids;
    private int count;
    private boolean whole;
    private long[] price = new long[32];
    private long[] size = new long[32];
    private int[] orders = new int[32];
    private long[] timeMs = new long[32];
    private BookView[] view = new BookView[32];

    LadderSide(boolean bids) {
        this.bids = bids;
    }

    public int count() {
        return count;
    }

    public long price(int level) {
        return price[checked(level)];
    }

    public long size(int level) {
        return size[checked(level)];
    }

    /** Orders in the level. */
    public int orders(int level) {
        return orders[checked(level)];
    }

    /** Exchange time of the frame that shows the level. */
    public long timeMs(int level) {
        return timeMs[checked(level)];
    }

    /** The view that shows the level. */
    public BookView view(int level) {
        return view[checked(level)];
    }

    /** The size of the best levels together, at most this many; Long.MAX_VALUE when it is more than fits. */
    public long depth(int levels) {
        long sum = 0;
        for (int i = 0; i < levels && i < count; i++) {
            sum += size[i];
            if (sum < 0) {
                return Long.MAX_VALUE;
            }
        }
        return sum;
    }

    void clear() {
        count = 0;
        whole = false;
    }

    /** Those levels of an older frame that lie beyond the ones here; none when a newer frame says that there are none. */
    void add(BookView newView, long newTimeMs, BookFrame.Levels levels) {
        for (int i = 0; !whole && i < levels.count; i++) {
            if (count == 0 || isBeyondLast(levels.price[i])) {
                makeRoom();
                price[count] = levels.price[i];
                size[count] = levels.size[i];
                orders[count] = levels.orders[i];
                timeMs[count] = newTimeMs;
                view[count] = newView;
                count++;
            }
        }
        whole |= levels.count == 0;
    }

    private boolean isBeyondLast(long other) {
        return bids ? other < price[count - 1] : other > price[count - 1];
    }

    private void makeRoom() {
        if (count == price.length) {
            price = Arrays.copyOf(price, count * 2);
            size = Arrays.copyOf(size, count * 2);
            orders = Arrays.copyOf(orders, count * 2);
            timeMs = Arrays.copyOf(timeMs, count * 2);
            view = Arrays.copyOf(view, count * 2);
        }
    }

    private int checked(int level) {
        if (level >= count) {
            throw new IndexOutOfBoundsException("level " + level + " of " + count);
        }
        return level;
    }
}
