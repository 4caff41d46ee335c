package dev.millrace.freshness;

import dev.millrace.config.FreshnessConfig;
import dev.millrace.market.FeedControl;
import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;
import dev.millrace.metrics.Counters;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** Judges all streams at one moment, and has done what must be done about them. Market thread, but for the report. */
final class Judgement {

    /** From one look at the cadences to the next. */
    private static final long CADENCE_MS = 5_000;
    /** Looks in a row at which a stream must be slow: its kind may be about to follow. */
    private static final int SLOW_LOOKS = 2;
    /** Looks in a row at which books must be missed: behind a stall of the network all that was late comes at once. */
    private static final int ABSENT_LOOKS = 2;
    /** A stream without a witness is trusted for this share of the probe interval after it gave something. */
    private static final int TRUSTED_SHARE = 5;

    private final Streams streams;
    private final Lines lines;
    private final Witnesses witnesses;
    private final Breakers breakers;
    private final Freshness.Listener listener;
    private final Cadences cadences;
    private final Lag lag = new Lag();
    private final Remedies remedies;
    private final Findings findings;
    private FreshnessConfig config;
    private long nextCadenceMs;

    Judgement(
            FreshnessConfig config,
            IntFunction<String> names,
            Streams streams,
            Lines lines,
            Witnesses witnesses,
            Breakers breakers,
            Freshness.Listener listener,
            Counters counters) {
        this.config = config;
        this.streams = streams;
        this.lines = lines;
        this.witnesses = witnesses;
        this.breakers = breakers;
        this.listener = listener;
        cadences = new Cadences(config);
        remedies = new Remedies(config, names, counters);
        findings = new Findings(names, streams, lines, breakers, cadences, counters);
    }

    void configure(FreshnessConfig newConfig) {
        config = newConfig;
        cadences.configure(newConfig);
        remedies.configure(newConfig);
    }

    void steer(FeedControl control, Consumer<String> notes) {
        remedies.steer(control);
        findings.tell(notes);
    }

    FreshnessReport report() {
        return findings.report();
    }

    void onChanged() {
        findings.onChanged();
    }

    void onBreaker(Breaker changed) {
        findings.onBreaker(changed);
        tellGated(changed);
    }

    void onSession() {
        lag.reset();
        findings.onChanged();
    }

    void judge(long nowMs) {
        if (nowMs >= nextCadenceMs) {
            nextCadenceMs = nowMs + CADENCE_MS;
            judgeCadences();
            remedies.forgetEnded(streams, nowMs);
        }
        lag.judge(lines, config.maxLag().toMillis(), nowMs, findings);
        for (int i = 0; i < streams.size(); i++) {
            Stream stream = streams.get(i);
            become(stream, stateOf(stream, nowMs), nowMs);
        }
        tellAbsent();
        treat(nowMs);
        findings.publish(nowMs);
    }

    /** Whether nothing is missing of a stream of books. One that comes at a cadence begins with its first book. */
    boolean gives(Stream stream) {
        boolean begun = !stream.awaitsFirst || !stream.kind.clocked();
        return begun && !isAbsent(stream) && !isGated(stream);
    }

    private static boolean isAbsent(Stream stream) {
        return stream.absentLooks >= ABSENT_LOOKS;
    }

    /** Told at each look, so that whoever keeps the stretch sees it grow. */
    private void tellAbsent() {
        for (int i = 0; i < streams.size(); i++) {
            Stream stream = streams.get(i);
            stream.absentLooks = isMissed(stream) ? stream.absentLooks + 1 : 0;
            if (isAbsent(stream)) {
                listener.onMuteBook(stream.symbol, stream.kind.view(), stream.connection);
            }
        }
        for (int i = 0; i < breakers.size(); i++) {
            if (breakers.get(i).isOpen()) {
                tellGated(breakers.get(i));
            }
        }
    }

    /** A frame that came later than the book was due shows that it is not the network which is late. */
    private boolean isMissed(Stream stream) {
        if (stream.state != StreamState.MUTE || stream.kind.view() == null || isGated(stream)) {
            return false;
        }
        long dueMs = stream.kind.clocked()
                ? cadences.limitMs(stream)
                : config.grace().toMillis();
        return lines.findOrAdd(stream.connection, 0).frameMs - stream.quietSinceMs() > dueMs;
    }

    private boolean isGated(Stream stream) {
        return breakers.isOpen(stream.connection, stream.kind.channel());
    }

    private void tellGated(Breaker breaker) {
        for (int i = 0; i < streams.size(); i++) {
            Stream stream = streams.get(i);
            if (stream.connection != breaker.connection || !stream.comesOn(breaker.channel)) {
                continue;
            }
            if (stream.kind.view() == null) {
                listener.onGated(stream.symbol, breaker.channel, breaker.connection);
            } else {
                listener.onGatedBook(stream.symbol, stream.kind.view(), breaker.connection);
            }
        }
    }

    private void judgeCadences() {
        cadences.judge(streams, findings);
        for (int i = 0; i < streams.size(); i++) {
            Stream stream = streams.get(i);
            stream.slowLooks = cadences.isSlow(stream) ? stream.slowLooks + 1 : 0;
        }
    }

    private StreamState stateOf(Stream stream, long nowMs) {
        return stream.kind.clocked() && !stream.top.isEmpty() ? clocked(stream, nowMs) : unclocked(stream, nowMs);
    }

    private StreamState clocked(Stream stream, long nowMs) {
        if (nowMs - stream.quietSinceMs() > cadences.limitMs(stream)) {
            return StreamState.MUTE;
        }
        if (stream.awaitsFirst) {
            return awaiting(stream);
        }
        return stream.slowLooks >= SLOW_LOOKS ? StreamState.SLOW : StreamState.LIVE;
    }

    private StreamState unclocked(Stream stream, long nowMs) {
        if (nowMs >= stream.challengeMs || (stream.incomplete && isSilent(stream))) {
            return StreamState.MUTE;
        }
        long trustedMs = config.probeInterval().toMillis() / TRUSTED_SHARE;
        boolean proven = nowMs - stream.quietSinceMs() <= trustedMs || witnesses.watch(stream);
        if (stream.awaitsFirst) {
            return proven ? awaiting(stream) : muteOr(StreamState.UNWITNESSED, stream);
        }
        if (stream.incomplete) {
            return StreamState.SLOW;
        }
        return proven ? StreamState.LIVE : StreamState.UNWITNESSED;
    }

    /** Nothing at all comes on its connection. */
    private boolean isSilent(Stream stream) {
        return lines.findOrAdd(stream.connection, 0).silent;
    }

    /** An acknowledgement alone heals nothing. */
    private static StreamState awaiting(Stream stream) {
        return muteOr(StreamState.PENDING, stream);
    }

    private static StreamState muteOr(StreamState other, Stream stream) {
        return stream.state == StreamState.MUTE ? StreamState.MUTE : other;
    }

    private void become(Stream stream, StreamState state, long nowMs) {
        if (state == stream.state) {
            return;
        }
        StreamState before = stream.state;
        stream.state = state;
        if (state == StreamState.MUTE && stream.kind == StreamKind.TRADES) {
            stream.incomplete = true;
            listener.onMuteTrades(stream.symbol, stream.connection);
        }
        findings.onState(stream, before, nowMs);
    }

    private void treat(long nowMs) {
        count();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).lagging && remedies.replace(lines.get(i), nowMs)) {
                findings.onReplace(lines.get(i), "it is late");
            }
        }
        for (int i = 0; i < breakers.size(); i++) {
            Breaker breaker = breakers.get(i);
            Line line = lines.findOrAdd(breaker.connection, nowMs);
            if (breaker.isOpen()
                    && remedies.replace(line, nowMs)) { // the half-open trial: another connection, at its pace
                findings.onReplace(
                        line, "too much of " + FindingWords.label(breaker.channel) + " cannot be decoded on it");
            }
        }
        for (int i = 0; i < streams.size(); i++) {
            Stream stream = streams.get(i);
            switch (stream.state) {
                case MUTE, SLOW -> treat(stream, lines.findOrAdd(stream.connection, nowMs), nowMs);
                case LIVE -> remedies.onLive(stream, cadences.limitMs(stream), nowMs);
                case UNWITNESSED -> probeIfDue(stream, nowMs);
                case PENDING -> {
                    // It has just been asked for.
                }
            }
        }
    }

    private void treat(Stream stream, Line line, long nowMs) {
        if (stream.kind.clocked() && nowMs - line.dataMs > cadences.limitMs(stream)) {
            distrustTrades(line, nowMs);
            if (remedies.replace(line, nowMs)) { // one request instead of hundreds that nobody hears
                findings.onReplace(line, "nothing comes on it");
            }
        } else if (!line.silent && (!line.allMute(stream.kind) || line.leads(stream))) {
            remedies.treat(stream, line, nowMs);
        }
    }

    /** Where it goes on by itself, nobody can tell whether the venue has kept or dropped what it did not send. */
    private void distrustTrades(Line line, long nowMs) {
        if (line.silent) {
            return;
        }
        line.silent = true;
        for (int i = 0; i < streams.size(); i++) {
            Stream stream = streams.get(i);
            if (stream.connection == line.connection && stream.kind == StreamKind.TRADES && !stream.incomplete) {
                become(stream, StreamState.MUTE, nowMs);
            }
        }
    }

    /** Which kinds are mute as a whole: then asking for one of them is enough to learn whether it helps. */
    private void count() {
        for (int i = 0; i < lines.size(); i++) {
            lines.get(i).forgetCount();
        }
        for (int i = 0; i < streams.size(); i++) {
            Stream stream = streams.get(i);
            if (stream.kind.clocked()) {
                lines.findOrAdd(stream.connection, 0).count(stream);
            }
        }
    }

    private void probeIfDue(Stream stream, long nowMs) {
        long sinceMs = Math.max(stream.quietSinceMs(), stream.probeMs);
        if (nowMs - sinceMs >= config.probeInterval().toMillis()) {
            remedies.probe(stream, nowMs);
        }
    }

    void writeTo(StateWriter out) {
        out.writeLong(nextCadenceMs);
        cadences.writeTo(out);
        lag.writeTo(out);
        remedies.writeTo(out);
    }

    void readFrom(StateReader in) {
        nextCadenceMs = in.readLong();
        cadences.readFrom(in);
        lag.readFrom(in);
        remedies.readFrom(in);
        findings.onChanged();
    }
}
