package dev.millrace.feed;

import java.time.Duration;

/** Decides when to ping and when a connection is dead. Times are monotonic nanoseconds
 * since the connection began. */
final class Heartbeat {

    /** What is due. */
    enum Due {
        NOTHING,
        PING,
        DEAD
    }

    private final long pingNs;
    private final long silenceNs;
    private long sentAtNs;
    private long heardAtNs;
    private long framesHeard;

    Heartbeat(Duration pingInterval, Duration silenceLimit) {
        this.pingNs = pingInterval.toNanos();
        this.silenceNs = silenceLimit.toNanos();
    }

    /** Something was sent: a request is as good as a ping. */
    void onSent(long nowNs) {
        sentAtNs = nowNs;
    }

    /**
     * Called at every tick. Comparing counts here spares the hot path a reading of the clock per frame.
     *
     * @param frames messages received so far on this connection
     * @param reading false while the socket is deliberately not read: then silence proves nothing
     */
    Due poll(long nowNs, long frames, boolean reading) {
        if (frames != framesHeard || !reading) {
            framesHeard = frames;
            heardAtNs = nowNs;
        }
        if (nowNs - heardAtNs >= silenceNs) {
            return Due.DEAD;
        }
        return nowNs - sentAtNs >= pingNs ? Due.PING : Due.NOTHING;
    }
}
