package dev.millrace.market;

import java.util.Arrays;

/** One whole book as received: levels best first, at most what the venue sends (20 a side); reused. */
public final class BookFrame {

    /** False when the frame was refused. */
    public boolean valid;

    public int symbol;
    /** Exchange time, ms. */
    public long timeMs;
    /** The fast, shallow view rather than the slow, deep one; always false for a bbo. */
    public boolean fast;

    public final Levels bids = new Levels();
    public final Levels asks = new Levels();

    public void clear() {
        valid = false;
        bids.count = 0;
        asks.count = 0;
        fast = false;
    }

    public void set(BookFrame other) {
        valid = other.valid;
        symbol = other.symbol;
        timeMs = other.timeMs;
        fast = other.fast;
        bids.set(other.bids);
        asks.set(other.asks);
    }

    /** Whether the best level of both sides is the same as in the other: price, size, presence. */
    public boolean hasTopOf(BookFrame other) {
        return bids.hasTopOf(other.bids) && asks.hasTopOf(other.asks);
    }

    /** The middle of two prices at scale 8; half of the last digit goes to the even one. */
    public static long middle(long bid, long ask) {
        long floor = (bid & ask) + ((bid ^ ask) >> 1); // their sum may not fit
        return ((bid ^ ask) & 1) == 0 ? floor : floor + (floor & 1);
    }

    /** Writes a valid frame. */
    public void writeTo(StateWriter out) {
        out.writeInt(symbol);
        out.writeLong(timeMs);
        out.writeFlag(fast);
        bids.writeTo(out);
        asks.writeTo(out);
    }

    /** Becomes the valid frame that was written. */
    public void readFrom(StateReader in) {
        clear();
        symbol = in.readInt();
        timeMs = in.readLong();
        fast = in.readFlag();
        bids.readFrom(in);
        asks.readFrom(in);
        valid = true;
    }

    /** One side, best level first. */
    public static final class Levels {
        public int count;
        /** Scale 8. */
        public long[] price = new long[20];
        /** Scale 8, or 4 as {@link #sizeScale} says. */
        public long[] size = new long[20];
        /** Orders in the level. */
        public int[] orders = new int[20];
        /** 8, or 4 for a coin whose szDecimals are known to be at most 2. */
        public int sizeScale = 8;

        public void add(long newPrice, long newSize, int newOrders) {
            if (count == price.length) {
                price = Arrays.copyOf(price, count * 2);
                size = Arrays.copyOf(size, count * 2);
                orders = Arrays.copyOf(orders, count * 2);
            }
            price[count] = newPrice;
            size[count] = newSize;
            orders[count] = newOrders;
            count++;
        }

        private boolean hasTopOf(Levels other) {
            if (count == 0 || other.count == 0) {
                return count == other.count;
            }
            return price[0] == other.price[0] && size[0] == other.size[0] && sizeScale == other.sizeScale;
        }

        private void writeTo(StateWriter out) {
            out.writeInt(sizeScale);
            out.writeInt(count);
            for (int i = 0; i < count; i++) {
                out.writeLong(price[i]);
                out.writeLong(size[i]);
                out.writeInt(orders[i]);
            }
        }

        private void readFrom(StateReader in) {
            sizeScale = in.readInt();
            for (int left = in.count(2 * Long.BYTES + Integer.BYTES); left > 0; left--) {
                add(in.readLong(), in.readLong(), in.readInt());
            }
        }

        void set(Levels other) {
            if (price.length < other.count) {
                price = new long[other.price.length];
                size = new long[other.price.length];
                orders = new int[other.price.length];
            }
            count = other.count;
            sizeScale = other.sizeScale;
            System.arraycopy(other.price, 0, price, 0, count);
            System.arraycopy(other.size, 0, size, 0, count);
            System.arraycopy(other.orders, 0, orders, 0, count);
        }
    }
}
