package dev.millrace.freshness;

import dev.millrace.market.Channel;
import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;
import java.util.Arrays;

/**
 * A circuit breaker over the frames of one channel of one connection. It opens when more than 5 % of the last 1,000 (at
 * least 100) could not be decoded whole, and closes when no more than 5 % of 100 in a row
 * fail.
 */
final class Breaker {

    private static final int WINDOW = 1_000;
    private static final int ENOUGH = 100;
    /** One in so many frames may fail. */
    private static final int TOLERATED = 20;

    private static final int WORDS = (WINDOW + Long.SIZE - 1) / Long.SIZE;

    final int connection;
    final Channel channel;
    private final long[] failed = new long[WORDS];
    private int frames;
    private int next;
    private int failures;
    private boolean open;

    Breaker(int connection, Channel channel) {
        this.connection = connection;
        this.channel = channel;
    }

    boolean isOpen() {
        return open;
    }

    /** Takes the outcome of a frame; whether it opened or closed the breaker. */
    boolean onFrame(boolean failure) {
        push(failure);
        boolean tooMany = failures * TOLERATED > frames;
        if (frames < ENOUGH || tooMany == open) {
            return false;
        }
        open = tooMany;
        forget(); // what led here is decided: recovery and relapse are judged by what comes from now on
        return true;
    }

    private void push(boolean failure) {
        long bit = 1L << next;
        int word = next / Long.SIZE;
        if (frames == WINDOW) {
            failures -= (failed[word] & bit) == 0 ? 0 : 1;
        } else {
            frames++;
        }
        failed[word] = failure ? failed[word] | bit : failed[word] & ~bit;
        failures += failure ? 1 : 0;
        next = (next + 1) % WINDOW;
        if (open && frames == ENOUGH && failures * TOLERATED > frames) {
            forget(); // the next hundred may be better
        }
    }

    private void forget() {
        Arrays.fill(failed, 0);
        frames = 0;
        next = 0;
        failures = 0;
    }

    void writeTo(StateWriter out) {
        out.writeInt(connection);
        out.writeInt(channel.ordinal());
        out.writeLongs(failed, 0, WORDS);
        out.writeInt(frames);
        out.writeInt(next);
        out.writeInt(failures);
        out.writeFlag(open);
    }

    static Breaker readFrom(StateReader in) {
        Breaker breaker = new Breaker(in.readInt(), Channel.values()[in.readIndex(Channel.values().length)]);
        in.readLongs(breaker.failed, 0, WORDS);
        breaker.frames = in.readInt();
        breaker.next = in.readIndex(WINDOW);
        breaker.failures = in.readInt();
        breaker.open = in.readFlag();
        return breaker;
    }
}
