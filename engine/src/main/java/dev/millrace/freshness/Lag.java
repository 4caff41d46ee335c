package dev.millrace.freshness;

import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;
import java.util.Arrays;

/**
 * How late the connections are, by the trend of local minus venue time: the least of a window against the least of the last
 * hour, whatever the two clocks show. A connection is late after two such windows in a row. When the venue's clock goes back,
 * what was usual is learned anew. Times in ms.
 */
final class Lag {

    private static final long WINDOW_MS = 10_000;
    /** Frames of a window, at least: one alone may be an old one sent again. */
    private static final int ENOUGH = 3;

    private static final int WINDOWS = 2;
    private static final int MINUTES = 60;
    private static final long MINUTE_MS = 60_000;

    private final long[] leastOfMinute = new long[MINUTES];
    private long windowEndMs;

    Lag() {
        reset();
    }

    /** Nothing is known. */
    void reset() {
        Arrays.fill(leastOfMinute, Long.MAX_VALUE);
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
            judge(line, maxLagMs);
            boolean late = line.lateWindows >= WINDOWS;
            if (late != line.lagging) {
                line.lagging = !line.lagging;
                findings.onLag(line);
            }
        }
        next(nowMs);
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

    private void judge(Line line, long maxLagMs) {
        if (line.windowFrames >= ENOUGH) {
            long usual = usual();
            line.lagMs = usual == Long.MAX_VALUE ? 0 : Math.max(0, line.windowLeast - usual);
            line.lateWindows = line.lagMs > maxLagMs ? line.lateWindows + 1 : 0;
        }
    }

    /** Ends the window; its least counts from now on. */
    private void end(Line line, long nowMs) {
        if (line.windowFrames >= ENOUGH) {
            int minute = minute(nowMs);
            leastOfMinute[minute] = Math.min(leastOfMinute[minute], line.windowLeast);
        }
        line.newWindow();
    }

    /** Begins the next window of all connections. */
    private void next(long nowMs) {
        long before = windowEndMs - WINDOW_MS;
        windowEndMs = nowMs + WINDOW_MS;
        if (minute(before) != minute(nowMs)) {
            leastOfMinute[minute(nowMs)] = Long.MAX_VALUE;
        }
    }

    private long usual() {
        long least = Long.MAX_VALUE;
        for (long of : leastOfMinute) {
            least = Math.min(least, of);
        }
        return least;
    }

    private static int minute(long ms) {
        return (int) Math.floorMod(ms / MINUTE_MS, (long) MINUTES);
    }

    void writeTo(StateWriter out) {
        out.writeLongs(leastOfMinute, 0, MINUTES);
        out.writeLong(windowEndMs);
    }

    void readFrom(StateReader in) {
        in.readLongs(leastOfMinute, 0, MINUTES);
        windowEndMs = in.readLong();
    }
}
