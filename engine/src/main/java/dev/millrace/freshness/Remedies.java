package dev.millrace.freshness;

import dev.millrace.config.FreshnessConfig;
import dev.millrace.market.FeedControl;
import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;
import dev.millrace.metrics.Counter;
import dev.millrace.metrics.Counters;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * What is done about a stream: subscribed anew, then its connection replaced, once; then subscribed anew at longer and longer
 * intervals. It is remembered by subscription, not by connection: a coin that is dead at the venue is dead on every
 * connection and must cost none. Market thread; times in ms.
 */
final class Remedies {

    /** A subscription that is or was ill. */
    private static final class Case {
        final Stream of;
        final Backoff backoff = new Backoff();
        boolean replaced;

        Case(Stream of) {
            this.of = of;
        }
    }

    private final IntFunction<String> names;
    private final Backoff replaces = new Backoff();
    private final List<Case> cases = new ArrayList<>();
    private final Counter resubscribed;
    private final Counter probed;
    private final Counter replaced;
    private FreshnessConfig config;
    private FeedControl control = FeedControl.NONE;

    Remedies(FreshnessConfig config, IntFunction<String> names, Counters counters) {
        this.config = config;
        this.names = names;
        resubscribed =
                counters.counter("freshness.resubscribes", "Streams asked for anew because they were mute or slow");
        probed = counters.counter("freshness.probes", "Silent streams asked for anew because nothing shows them alive");
        replaced = counters.counter("freshness.replaces", "Connections whose replacement was asked for");
    }

    void configure(FreshnessConfig newConfig) {
        config = newConfig;
    }

    void steer(FeedControl newControl) {
        control = newControl;
    }

    /** A stream is mute or slow. */
    void treat(Stream stream, Line line, long nowMs) {
        Case known = find(stream);
        boolean gives = stream.state == StreamState.SLOW && stream.incomplete; // and lacks but a snapshot
        if (known == null) {
            known = new Case(stream);
            cases.add(known);
        } else if (gives ? !known.backoff.isRested(nowMs, config) : !known.backoff.isDue(nowMs, config)) {
            return;
        }
        boolean mayHelp = known.backoff.attempts() > 0 && !known.replaced && !gives && gaveOnce(stream);
        if (mayHelp && mayReplace(line, nowMs)) {
            control.replaceIfRoom(line.connection); // the others on it are well
            known.replaced = true;
        } else {
            control.resubscribe(stream.connection, stream.subscription(names.apply(stream.symbol)));
            resubscribed.increment();
        }
        known.backoff.onAttempt(nowMs, config);
    }

    /** A stream that nothing proves alive was silent for long. */
    void probe(Stream stream, long nowMs) {
        stream.probeMs = nowMs;
        control.resubscribe(stream.connection, stream.subscription(names.apply(stream.symbol)));
        probed.increment();
    }

    /** Asks for another connection in the place of this one, unless one was asked for just now; whether it did. */
    boolean replace(Line line, long nowMs) {
        boolean may = mayReplace(line, nowMs);
        if (may) {
            control.replace(line.connection, line.lagging ? line.lagMs : 0);
        }
        return may;
    }

    private boolean mayReplace(Line line, long nowMs) {
        boolean again = nowMs - line.replaceMs < config.maxRetry().toMillis();
        if (again || !replaces.isDue(nowMs, config)) {
            return false;
        }
        line.replaceMs = nowMs;
        replaces.onAttempt(nowMs, config);
        replaced.increment();
        return true;
    }

    /** A stream is live: after a while it is forgotten that it was not. */
    void onLive(Stream stream, long limitMs, long nowMs) {
        for (int i = 0; i < cases.size(); i++) {
            Case known = cases.get(i);
            long waitMs = 2 * Math.max(limitMs, known.backoff.delayMs(config));
            if (known.of.sameSubscription(stream) && nowMs - known.backoff.lastMs() > waitMs) {
                cases.remove(i);
                return;
            }
        }
    }

    /** Forgets what has not been subscribed for so long that it would begin anew: its coin was retired. */
    void forgetEnded(Streams streams, long nowMs) {
        for (int i = cases.size() - 1; i >= 0; i--) {
            Case known = cases.get(i);
            boolean isOld =
                    nowMs - known.backoff.lastMs() > 2 * config.maxRetry().toMillis();
            if (isOld && !streams.isSubscribed(known.of)) {
                cases.remove(i);
            }
        }
    }

    /** Whether another connection could help: one that never came at its cadence is not the connection's fault. */
    private static boolean gaveOnce(Stream stream) {
        return !stream.kind.clocked() || stream.cadence.learnedMs() != Cadence.UNKNOWN;
    }

    private Case find(Stream stream) {
        for (int i = 0; i < cases.size(); i++) {
            if (cases.get(i).of.sameSubscription(stream)) {
                return cases.get(i);
            }
        }
        return null;
    }

    void writeTo(StateWriter out) {
        replaces.writeTo(out);
        out.writeInt(cases.size());
        for (int i = 0; i < cases.size(); i++) {
            Case known = cases.get(i);
            out.writeInt(known.of.asked.ordinal());
            out.writeInt(known.of.symbol);
            out.writeText(known.of.detail);
            out.writeFlag(known.replaced);
            known.backoff.writeTo(out);
        }
    }

    void readFrom(StateReader in) {
        replaces.readFrom(in);
        for (int left = in.count(Long.BYTES); left > 0; left--) {
            StreamKind asked = StreamKind.values()[in.readIndex(StreamKind.COUNT)];
            Case known = new Case(new Stream(0, asked, in.readInt(), in.readText()));
            known.replaced = in.readFlag();
            known.backoff.readFrom(in);
            cases.add(known);
        }
    }
}
