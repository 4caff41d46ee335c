package dev.millrace.freshness;

import dev.millrace.market.Channel;
import dev.millrace.metrics.Counter;
import dev.millrace.metrics.Counters;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** What was found, in words and figures: changes as notes, the whole as a report. Market thread, but for the report. */
final class Findings {

    /** More changes of one kind at once are told as one. */
    private static final int TOLD_EACH = 3;
    /** Hundreds of quiet coins become unwitnessed and live again all the time: a report for each would be waste. */
    private static final long QUIET_MS = 5_000;

    /** A stream and what was told of it. */
    private record Told(Stream stream, StreamState state) {

        boolean isLike(Told other) {
            return state == other.state
                    && stream.connection == other.stream.connection
                    && stream.sameSubscription(other.stream);
        }
    }

    private final IntFunction<String> names;
    private final Streams streams;
    private final Lines lines;
    private final Breakers breakers;
    private final Cadences cadences;
    private final Counter[] ofState = new Counter[StreamState.values().length];
    private final Counter[] cadenceOf = new Counter[StreamKind.COUNT];
    private final Counter mutes;
    private final Counter cadenceChanges;
    private final Counter lags;
    private final Counter openings;
    private final List<Stream> changed = new ArrayList<>();
    /** Told to be ill, one stream a subscription, until it is told to be well. */
    private final List<Told> toldIll = new ArrayList<>();

    private Consumer<String> notes = note -> {};
    private boolean stale = true;
    /** Only streams that nothing is told of have changed since the report. */
    private boolean quietlyStale;

    private long nextQuietMs;
    private volatile FreshnessReport report = FreshnessReport.NOTHING;

    Findings(
            IntFunction<String> names,
            Streams streams,
            Lines lines,
            Breakers breakers,
            Cadences cadences,
            Counters counters) {
        this.names = names;
        this.streams = streams;
        this.lines = lines;
        this.breakers = breakers;
        this.cadences = cadences;
        for (StreamState state : StreamState.values()) {
            ofState[state.ordinal()] =
                    counters.gauge("freshness." + state.label(), "Subscriptions that are " + state.label());
        }
        for (StreamKind kind : StreamKind.values()) {
            if (kind.clocked()) {
                String name = "freshness.cadence-ms." + kind.label().toLowerCase(Locale.ROOT);
                cadenceOf[kind.ordinal()] = counters.gauge(name, "Measured time between two frames of a stream");
            }
        }
        mutes = counters.counter("freshness.mutes", "Subscriptions found mute");
        cadenceChanges = counters.counter("freshness.cadence-changes", "Cadences that the venue changed");
        openings =
                counters.counter("freshness.breaker-openings", "Times that nothing was derived of a channel any more");
        lags = counters.counter("freshness.lags", "Connections found late");
    }

    void tell(Consumer<String> newNotes) {
        notes = newNotes;
    }

    FreshnessReport report() {
        return report;
    }

    /** Something is to be reported that is no change of a state. */
    void onChanged() {
        stale = true;
    }

    void onState(Stream stream, StreamState before, long nowMs) {
        boolean isQuiet = isQuiet(stream.state) && isQuiet(before);
        quietlyStale |= isQuiet;
        stale |= !isQuiet;
        if (isIll(stream.state)) {
            tellIll(stream);
        }
        if (stream.state == StreamState.MUTE) {
            mutes.increment();
        }
        stream.reason = reason(stream, nowMs);
    }

    /** Subscribing anew begins another stream; when that is ill too, nothing has changed. */
    private void tellIll(Stream stream) {
        Told now = new Told(stream, stream.state);
        if (toldIll.stream().noneMatch(now::isLike)) {
            toldIll.removeIf(told -> told.stream.sameSubscription(stream));
            toldIll.add(now);
            changed.add(stream);
        }
    }

    private static boolean isQuiet(StreamState state) {
        return state == StreamState.LIVE || state == StreamState.UNWITNESSED;
    }

    private static boolean isIll(StreamState state) {
        return state == StreamState.MUTE || state == StreamState.SLOW;
    }

    void onCadence(StreamKind kind, long beforeMs, long afterMs) {
        stale = true;
        cadenceChanges.increment();
        notes.accept("the venue changed the cadence of " + kind.label() + " from " + seconds(beforeMs) + " to "
                + seconds(afterMs));
    }

    void onLag(Line line) {
        stale = true;
        if (line.lagging) {
            lags.increment();
            notes.accept("connection " + line.connection + " is lagging: what it brings is " + seconds(line.lagMs)
                    + " older than usual");
        } else {
            notes.accept("connection " + line.connection + " is not late any more");
        }
    }

    void onClockBack() {
        stale = true;
        notes.accept("the venue's clock went back: what comes is stamped earlier than what came before");
    }

    void onBreaker(Breaker changed) {
        stale = true;
        if (changed.isOpen()) {
            openings.increment();
        }
        notes.accept(breaker(changed));
    }

    private static String breaker(Breaker breaker) {
        return label(breaker.channel) + " on connection " + breaker.connection
                + (breaker.isOpen()
                        ? ": more than 5 % of the frames cannot be decoded; they are journaled, and nothing is derived of"
                                + " them: millrace journal cat --bad"
                        : ": the frames can be decoded again");
    }

    static String label(Channel channel) {
        return channel == Channel.NOT_A_MESSAGE ? "what is no message" : channel.wireName();
    }

    private List<String> openBreakers() {
        List<String> open = new ArrayList<>();
        for (int i = 0; i < breakers.size(); i++) {
            if (breakers.get(i).isOpen()) {
                open.add(breaker(breakers.get(i)));
            }
        }
        return List.copyOf(open);
    }

    void onReplace(Line line, String reason) {
        notes.accept("connection " + line.connection + " is to be replaced: " + reason);
    }

    /** Tells what has changed since the last time. */
    void publish(long nowMs) {
        if (stale || quietlyStale) {
            toldIll.removeIf(this::isWell);
        }
        while (!changed.isEmpty()) {
            tellAlike(changed.get(0));
        }
        if (stale || (quietlyStale && nowMs >= nextQuietMs)) {
            stale = false;
            quietlyStale = false;
            nextQuietMs = nowMs + QUIET_MS;
            report = reportNow();
        }
    }

    /**
     * Whether what was told to be ill has ended, and is to be told so: it may be well as another stream, for subscribing
     * anew and a replacement both end the old one.
     */
    private boolean isWell(Told ill) {
        Stream live = null;
        for (int i = 0; i < streams.size(); i++) {
            Stream stream = streams.get(i);
            if (stream.sameSubscription(ill.stream)) {
                if (!isQuiet(stream.state)) {
                    return false;
                }
                live = stream.state == StreamState.LIVE ? stream : live;
            }
        }
        if (live == null) {
            return false;
        }
        live.reason = "it comes again";
        changed.add(live);
        return true;
    }

    private void tellAlike(Stream first) {
        List<Stream> alike = changed.stream()
                .filter(other ->
                        other.connection == first.connection && other.kind == first.kind && other.state == first.state)
                .toList();
        changed.removeAll(alike);
        if (alike.size() <= TOLD_EACH) {
            alike.forEach(stream -> notes.accept(subject(stream).toString()));
        } else {
            notes.accept(first.kind.label() + " of " + alike.size() + " coins, such as " + names.apply(first.symbol)
                    + ", is " + first.state.label() + " on connection " + first.connection + ": " + first.reason);
        }
    }

    private FreshnessReport reportNow() {
        Map<StreamState, Integer> states = new EnumMap<>(StreamState.class);
        List<FreshnessReport.Subject> unhealthy = new ArrayList<>();
        for (int i = 0; i < streams.size(); i++) {
            Stream stream = streams.get(i);
            states.merge(stream.state, 1, Integer::sum);
            if (stream.state != StreamState.LIVE && stream.state != StreamState.PENDING) {
                unhealthy.add(subject(stream));
            }
        }
        for (StreamState state : StreamState.values()) {
            ofState[state.ordinal()].set(states.getOrDefault(state, 0));
        }
        return new FreshnessReport(Map.copyOf(states), List.copyOf(unhealthy), cadences(), lagging(), openBreakers());
    }

    private Map<String, Long> cadences() {
        Map<String, Long> measured = new TreeMap<>();
        for (StreamKind kind : StreamKind.values()) {
            if (kind.clocked() && cadences.of(kind) != Cadence.UNKNOWN) {
                measured.put(kind.label(), cadences.of(kind));
                cadenceOf[kind.ordinal()].set(cadences.of(kind));
            }
        }
        return measured;
    }

    private Map<Integer, Long> lagging() {
        Map<Integer, Long> late = new TreeMap<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).lagging) {
                late.put(lines.get(i).connection, lines.get(i).lagMs);
            }
        }
        return late;
    }

    private FreshnessReport.Subject subject(Stream stream) {
        String coin = stream.kind == StreamKind.MIDS ? "" : names.apply(stream.symbol);
        String channel = stream.kind.label() + (stream.detail.isEmpty() ? "" : " " + stream.detail);
        return new FreshnessReport.Subject(coin, channel, stream.connection, stream.state, stream.reason);
    }

    /** Put together only for what is told; the rest would cost the market thread words that nobody reads. */
    private String reason(Stream stream, long nowMs) {
        return switch (stream.state) {
            case MUTE -> mute(stream, nowMs);
            case SLOW ->
                stream.incomplete
                        ? "it came again after a silence, and only a snapshot shows what is missing"
                        : "it comes every " + seconds(stream.cadence.learnedMs()) + ", before every "
                                + seconds(stream.cadence.referenceMs());
            case UNWITNESSED -> "it is silent, and no other stream shows whether that is right";
            case LIVE -> "it comes again";
            case PENDING -> "nothing yet";
        };
    }

    private String mute(Stream stream, long nowMs) {
        if (nowMs >= stream.challengeMs) {
            return stream.challenge + ", and nothing came";
        }
        return stream.kind.clocked()
                ? "nothing for " + seconds(nowMs - stream.quietSinceMs()) + usual(stream)
                : "nothing comes on its connection";
    }

    private String usual(Stream stream) {
        long known =
                stream.cadence.learnedMs() == Cadence.UNKNOWN ? cadences.of(stream.kind) : stream.cadence.learnedMs();
        return known == Cadence.UNKNOWN ? "" : ", usually every " + seconds(known);
    }

    private static String seconds(long ms) {
        return String.format(Locale.ROOT, "%.1f s", ms / 1e3);
    }
}
