package dev.millrace.freshness;

import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;

/**
 * How late the connections are, by the trend of local minus venue time, whatever the two clocks show: the least of a window
 * against what is usual, the least so far of all connections. That rises again no faster than two clocks may drift apart, so
 * that what falls behind slowly is found too. A connection is late after two such windows in a row. When the venue's clock
 * goes back, what was usual is learned anew. Times in ms.
 */
final class Lag {

    private static final long WINDOW_MS = 10_000;
    /** Frames of a window, at least: one alone may be an old one sent again. */
    private static final int ENOUGH = 3;

    private static final int WINDOWS = 2;
    /** A clock that nothing sets right runs off by no more than 1 ms in 10 s (100 ppm); here are two. */
    private static final long MS_PER_MS_OF_DRIFT = 5_000;

    private static final long UNKNOWN = Long.MAX_VALUE;

    private long leastMs = UNKNOWN;
    /** When that was so. */
    private long leastAtMs;

    private long windowEndMs;

    /** Nothing is known. */
    void reset() {
        leastMs = UNKNOWN;
    }

    /** Judges all connections when a window is over, and tells of those that became late or no longer are. */
    void judge(Lines lines, long maxLagMs, long nowMs, Findings findings) {
        if (wentBack(lines, maxLagMs, nowMs)) {
            reset();
            for (int i = 0; i < lines.size(); i++) {
                lines.get(i).forgetTimes();
            }
            findings.onClockBack();
        }
        if (nowMs < windowEndMs) {
            return;
        }
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            judge(line, maxLagMs, nowMs);
            boolean late = line.lateWindows >= WINDOWS;
            if (late != line.lagging) {
                line.lagging = !line.lagging;
                findings.onLag(line);
            }
        }
        windowEndMs = nowMs + WINDOW_MS;
        for (int i = 0; i < lines.size(); i++) {
            end(lines.get(i), nowMs);
        }
    }

    /** Whether the venue's clock did: on one connection alone it would be that connection's fault. */
    private static boolean wentBack(Lines lines, long maxLagMs, long nowMs) {
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).wentBack(nowMs, maxLagMs)) {
                return false;
            }
        }
        return lines.size() > 0;
    }

    private void judge(Line line, long maxLagMs, long nowMs) {
        if (line.windowFrames >= ENOUGH) {
            line.lagMs = leastMs == UNKNOWN ? 0 : Math.max(0, line.windowLeast - usualMs(nowMs));
            line.lateWindows = line.lagMs > maxLagMs ? line.lateWindows + 1 : 0;
        }
    }

    /** Ends the window; its least counts from now on. */
    private void end(Line line, long nowMs) {
        if (line.windowFrames >= ENOUGH && (leastMs == UNKNOWN || line.windowLeast < usualMs(nowMs))) {
            leastMs = line.windowLeast;
            leastAtMs = nowMs;
        }
        line.newWindow();
    }

    private long usualMs(long nowMs) {
        return leastMs + (nowMs - leastAtMs) / MS_PER_MS_OF_DRIFT;
    }

    void writeTo(StateWriter out) {
        out.writeLong(leastMs);
        out.writeLong(leastAtMs);
        out.writeLong(windowEndMs);
    }

    void readFrom(StateReader in) {
        leastMs = in.readLong();
        leastAtMs = in.readLong();
        windowEndMs = in.readLong();
    }
}
