package dev.millrace.freshness;

import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;
import java.util.Arrays;

/** A connection as far as freshness goes: when it last gave data, and how late they were. */
final class Line {

    static final int STATE_BYTES = 2 * Integer.BYTES + 5 * Long.BYTES + 1;

    final int connection;
    long dataMs;
    /** When the last frame came, of whatever kind. */
    long frameMs;
    /** Of local minus venue time, in this window. */
    long windowLeast = Long.MAX_VALUE;

    int windowFrames;
    long lagMs;
    int lateWindows;
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

    void onTime(long differenceMs) {
        windowLeast = Math.min(windowLeast, differenceMs);
        windowFrames++;
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
        out.writeLong(lagMs);
        out.writeInt(lateWindows);
        out.writeFlag(lagging);
        out.writeLong(replaceMs);
    }

    static Line readFrom(StateReader in) {
        Line line = new Line(in.readInt(), in.readLong());
        line.frameMs = in.readLong();
        line.windowLeast = in.readLong();
        line.windowFrames = in.readInt();
        line.lagMs = in.readLong();
        line.lateWindows = in.readInt();
        line.lagging = in.readFlag();
        line.replaceMs = in.readLong();
        return line;
    }
}
