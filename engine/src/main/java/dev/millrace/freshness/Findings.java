package dev.millrace.freshness;

import dev.millrace.metrics.Counter;
import dev.millrace.metrics.Counters;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** What was found: changes as notes, the whole as a report. Market thread, but for the report. */
final class Findings {

    /** More changes of one kind at once are told as one. */
    private static final int TOLD_EACH = 3;
    /** Hundreds of quiet coins become unwitnessed and live again all the time: a report for each would be waste. */
    private static final long QUIET_MS = 5_000;

    private final Streams streams;
    private final Lines lines;
    private final Breakers breakers;
    private final Cadences cadences;
    private final FindingWords words;
    private final IllStreams ill;
    private final FreshnessGauges gauges;
    private final Counter mutes;
    private final Counter cadenceChanges;
    private final Counter lags;
    private final Counter openings;
    private final List<Stream> changed = new ArrayList<>();

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
        this.streams = streams;
        this.lines = lines;
        this.breakers = breakers;
        this.cadences = cadences;
        words = new FindingWords(names, cadences);
        ill = new IllStreams(streams);
        gauges = new FreshnessGauges(counters);
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
        boolean isQuiet = stream.state.isQuiet() && before.isQuiet();
        quietlyStale |= isQuiet;
        stale |= !isQuiet;
        if (stream.state.isIll() && ill.add(stream)) {
            changed.add(stream);
        }
        if (stream.state == StreamState.MUTE) {
            mutes.increment();
        }
        stream.reason = words.reason(stream, nowMs);
    }

    void onCadence(StreamKind kind, long beforeMs, long afterMs) {
        stale = true;
        cadenceChanges.increment();
        notes.accept(FindingWords.cadence(kind, beforeMs, afterMs));
    }

    void onLag(Line line) {
        stale = true;
        if (line.lagging) {
            lags.increment();
        }
        notes.accept(FindingWords.lag(line));
    }

    void onClockBack() {
        stale = true;
        notes.accept("the venue's clock went back: what comes is stamped earlier than what came before");
    }

    void onBreaker(Breaker breaker) {
        stale = true;
        if (breaker.isOpen()) {
            openings.increment();
        }
        notes.accept(FindingWords.breaker(breaker));
    }

    void onReplace(Line line, String reason) {
        notes.accept("connection " + line.connection + " is to be replaced: " + reason);
    }

    /** Tells what has changed since the last time. */
    void publish(long nowMs) {
        if (stale || quietlyStale) {
            ill.removeWell(this::onWell);
        }
        while (!changed.isEmpty()) {
            tellAlike(changed.get(0));
        }
        if (stale || (quietlyStale && nowMs >= nextQuietMs)) {
            stale = false;
            quietlyStale = false;
            nextQuietMs = nowMs + QUIET_MS;
            report = reportNow();
            gauges.show(report);
        }
    }

    private void onWell(Stream stream) {
        stream.reason = "it comes again";
        changed.add(stream);
    }

    private void tellAlike(Stream first) {
        List<Stream> alike = changed.stream()
                .filter(other ->
                        other.connection == first.connection && other.kind == first.kind && other.state == first.state)
                .toList();
        changed.removeAll(alike);
        if (alike.size() <= TOLD_EACH) {
            alike.forEach(stream -> notes.accept(words.subject(stream).toString()));
        } else {
            notes.accept(words.alike(first, alike.size()));
        }
    }

    private FreshnessReport reportNow() {
        Map<StreamState, Integer> states = new EnumMap<>(StreamState.class);
        List<FreshnessReport.Subject> unhealthy = new ArrayList<>();
        for (int i = 0; i < streams.size(); i++) {
            Stream stream = streams.get(i);
            states.merge(stream.state, 1, Integer::sum);
            if (stream.state != StreamState.LIVE && stream.state != StreamState.PENDING) {
                unhealthy.add(words.subject(stream));
            }
        }
        return new FreshnessReport(
                Map.copyOf(states), List.copyOf(unhealthy), measuredCadences(), lagging(), openBreakers());
    }

    private Map<String, Long> measuredCadences() {
        Map<String, Long> measured = new TreeMap<>();
        for (StreamKind kind : StreamKind.values()) {
            if (kind.clocked() && cadences.of(kind) != Cadence.UNKNOWN) {
                measured.put(kind.label(), cadences.of(kind));
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

    private List<String> openBreakers() {
        List<String> open = new ArrayList<>();
        for (int i = 0; i < breakers.size(); i++) {
            if (breakers.get(i).isOpen()) {
                open.add(FindingWords.breaker(breakers.get(i)));
            }
        }
        return List.copyOf(open);
    }
}
