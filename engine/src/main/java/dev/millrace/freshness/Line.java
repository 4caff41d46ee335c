package dev.millrace.freshness;

import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;
import java.util.Arrays;

/** A connection as far as freshness goes: when it last gave data, and how late they were. */
final class Line {

    static final int STATE_BYTES = 4 * Integer.BYTES + 8 * Long.BYTES + 2;

    /** Frames without a step forward, and for how long, before it is believed that the venue's clock went back. */
    private static final int BEHIND_FRAMES = 3;

    private static final long BEHIND_MS = 5_000;

    final int connection;
    long dataMs;
    /** When the last frame came, of whatever kind. */
    long frameMs;
    /** Of local minus venue time, in this window. */
    long windowLeast = Long.MAX_VALUE;

    int windowFrames;
    /** The greatest venue time it gave, and when. */
    private long venueMs = Stream.NEVER;

    private long advancedMs;
    /** Frames of an earlier venue time since then, and by how much at most. */
    private int behindFrames;

    private long mostBehindMs;
    long lagMs;
    int lateWindows;
    /** Nothing comes on it, and its trades are not trusted any more. */
    boolean silent;
    /** Told that it is late. */
    boolean lagging;
    /** Another was asked for in its place. */
    long replaceMs = Stream.NEVER;

    private final int[] streams = new int[StreamKind.COUNT];
    private final int[] mute = new int[StreamKind.COUNT];
    private final Stream[] firstMute = new Stream[StreamKind.COUNT];

    Line(int connection, long nowMs) {
        this.connection = connection;
        dataMs = nowMs;
        frameMs = nowMs;
    }

    void onTime(long timeMs, long nowMs) {
        windowLeast = Math.min(windowLeast, nowMs - timeMs);
        windowFrames++;
        if (timeMs > venueMs) {
            venueMs = timeMs;
            advancedMs = nowMs;
            behindFrames = 0;
            mostBehindMs = 0;
        } else if (timeMs < venueMs) {
            behindFrames++;
            mostBehindMs = Math.max(mostBehindMs, venueMs - timeMs);
        }
    }

    /**
     * Whether it goes on bringing times from before what it brought already. A connection that falls behind never does:
     * however late, its times rise.
     */
    boolean wentBack(long nowMs, long maxLagMs) {
        return mostBehindMs > maxLagMs && behindFrames >= BEHIND_FRAMES && nowMs - advancedMs >= BEHIND_MS;
    }

    /** The venue's clock went back. */
    void forgetTimes() {
        newWindow();
        lateWindows = 0;
        venueMs = Stream.NEVER;
        behindFrames = 0;
        mostBehindMs = 0;
    }

    void newWindow() {
        windowLeast = Long.MAX_VALUE;
        windowFrames = 0;
    }

    void forgetCount() {
        Arrays.fill(streams, 0);
        Arrays.fill(mute, 0);
        Arrays.fill(firstMute, null);
    }

    void count(Stream stream) {
        int kind = stream.kind.ordinal();
        streams[kind]++;
        if (stream.state == StreamState.MUTE) {
            firstMute[kind] = mute[kind] == 0 ? stream : firstMute[kind];
            mute[kind]++;
        }
    }

    /** Whether every stream of a clocked kind is mute. */
    boolean allMute(StreamKind kind) {
        return mute[kind.ordinal()] > 0 && mute[kind.ordinal()] == streams[kind.ordinal()];
    }

    /** Whether it is the first mute one of its kind. */
    boolean leads(Stream stream) {
        return firstMute[stream.kind.ordinal()] == stream;
    }

    void writeTo(StateWriter out) {
        out.writeInt(connection);
        out.writeLong(dataMs);
        out.writeLong(frameMs);
        out.writeLong(windowLeast);
        out.writeInt(windowFrames);
        out.writeLong(venueMs);
        out.writeLong(advancedMs);
        out.writeInt(behindFrames);
        out.writeLong(mostBehindMs);
        out.writeLong(lagMs);
        out.writeInt(lateWindows);
        out.writeFlag(silent);
        out.writeFlag(lagging);
        out.writeLong(replaceMs);
    }

    static Line readFrom(StateReader in) {
        Line line = new Line(in.readInt(), in.readLong());
        line.frameMs = in.readLong();
        line.windowLeast = in.readLong();
        line.windowFrames = in.readInt();
        line.venueMs = in.readLong();
        line.advancedMs = in.readLong();
        line.behindFrames = in.readInt();
        line.mostBehindMs = in.readLong();
        line.lagMs = in.readLong();
        line.lateWindows = in.readInt();
        line.silent = in.readFlag();
        line.lagging = in.readFlag();
        line.replaceMs = in.readLong();
        return line;
    }
}
