package dev.millrace.freshness;

import dev.millrace.config.FreshnessConfig;
import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;
import java.util.Arrays;
import java.util.function.ToLongFunction;

/**
 * The cadence of each clocked kind: the median of its streams. When it changes for the kind, the venue changed it, and no
 * stream is slow or mute for that. Market thread; times in ms.
 */
final class Cadences {

    private static final StreamKind[] KINDS = StreamKind.values();
    private static final int SLOWER = 2;
    /** Looks in a row at which a cadence must be another: the network may have stumbled. */
    private static final int LOOKS = 2;

    /** Looks in a row at which a kind had another cadence. */
    private final long[] otherLooks = new long[StreamKind.COUNT];

    private final long[] ofKind = new long[StreamKind.COUNT];
    private long[] some = new long[64];
    private long minMs;
    private long maxMs;
    private long graceMs;

    Cadences(FreshnessConfig config) {
        configure(config);
    }

    void configure(FreshnessConfig config) {
        minMs = config.minCadence().toMillis();
        maxMs = config.maxCadence().toMillis();
        graceMs = config.grace().toMillis();
    }

    /** {@link Cadence#UNKNOWN} before enough frames came. */
    long of(StreamKind kind) {
        return ofKind[kind.ordinal()];
    }

    /** How long a clocked stream may be silent. */
    long limitMs(Stream stream) {
        long known = stream.cadence.learnedMs() == Cadence.UNKNOWN ? of(stream.kind) : stream.cadence.learnedMs();
        long cadenceMs = known == Cadence.UNKNOWN ? maxMs : Math.max(minMs, Math.min(known, maxMs));
        return 2 * cadenceMs + graceMs;
    }

    /** Whether a stream has become slower, and not with all of its kind. */
    boolean isSlow(Stream stream) {
        return Math.max(minMs, stream.cadence.sustainedMs()) > SLOWER * Math.max(minMs, stream.cadence.referenceMs());
    }

    /** Looks at all streams anew. */
    void judge(Streams streams, Findings findings) {
        for (int i = 0; i < ofKind.length; i++) {
            StreamKind kind = KINDS[i];
            long sustained = kind.clocked() ? median(streams, kind, Cadence::sustainedMs) : Cadence.UNKNOWN;
            if (sustained == Cadence.UNKNOWN) {
                continue;
            }
            long before = ofKind[i];
            long learned = median(streams, kind, Cadence::learnedMs);
            if (before == Cadence.UNKNOWN) {
                ofKind[i] = sustained;
            } else if (!isLonger(sustained, before) && !isLonger(before, learned)) {
                otherLooks[i] = 0;
            } else if (++otherLooks[i] >= LOOKS) {
                otherLooks[i] = 0;
                ofKind[i] = learned;
                accept(streams, kind);
                findings.onCadence(kind, before, learned);
            }
        }
    }

    /** By half; jitter below the shortest cadence is none. */
    private boolean isLonger(long one, long other) {
        long low = Math.max(minMs, other);
        return one > low + low / 2;
    }

    private long median(Streams streams, StreamKind kind, ToLongFunction<Cadence> figure) {
        int count = 0;
        for (int i = 0; i < streams.size(); i++) {
            Stream stream = streams.get(i);
            if (stream.kind == kind && stream.cadence.learnedMs() != Cadence.UNKNOWN) {
                if (count == some.length) {
                    some = Arrays.copyOf(some, count * 2);
                }
                some[count++] = figure.applyAsLong(stream.cadence);
            }
        }
        Arrays.sort(some, 0, count);
        return count == 0 ? Cadence.UNKNOWN : some[count / 2];
    }

    private static void accept(Streams streams, StreamKind kind) {
        for (int i = 0; i < streams.size(); i++) {
            if (streams.get(i).kind == kind) {
                streams.get(i).cadence.accept();
            }
        }
    }

    void writeTo(StateWriter out) {
        out.writeLongs(ofKind, 0, ofKind.length);
        out.writeLongs(otherLooks, 0, otherLooks.length);
    }

    void readFrom(StateReader in) {
        in.readLongs(ofKind, 0, ofKind.length);
        in.readLongs(otherLooks, 0, otherLooks.length);
    }
}
