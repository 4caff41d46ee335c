package dev.millrace;

import dev.millrace.codec.hyperliquid.SubscriptionText;
import dev.millrace.config.EngineConfig;
import dev.millrace.config.Role;
import dev.millrace.feed.FeedStatus;
import dev.millrace.freshness.FreshnessReport;
import dev.millrace.market.UniverseDecision;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.LatencyHistogram;
import dev.millrace.ops.HealthReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/** What {@code millrace status} shows: the whole picture of a running daemon, in the order in which one reads it. Cold. */
final class Status {

    private static final double HOURS_PER_DAY = 24;
    /** Longer lists are nobody's reading. */
    private static final int LISTED = 20;

    private static final double SECONDS_PER_HOUR = 3_600;

    private final EngineConfig config;
    private final Supplier<HealthReport> health;
    private final Supplier<FeedStatus> feed;
    private final Supplier<FreshnessReport> streams;
    private final Supplier<Optional<UniverseDecision>> universe;
    private final Supplier<Optional<Duration>> untilFull;
    private final LatencyHistogram latency;
    private final Counters counters;
    private final Instant started;

    /** @param untilFull when the disk will be full if records come as they have */
    Status(
            EngineConfig config,
            Supplier<HealthReport> health,
            Supplier<FeedStatus> feed,
            Supplier<FreshnessReport> streams,
            Supplier<Optional<UniverseDecision>> universe,
            Supplier<Optional<Duration>> untilFull,
            LatencyHistogram latency,
            Counters counters,
            Instant started) {
        this.config = config;
        this.health = health;
        this.feed = feed;
        this.streams = streams;
        this.universe = universe;
        this.untilFull = untilFull;
        this.latency = latency;
        this.counters = counters;
        this.started = started;
    }

    /** Sections by name, each with its figures by name; times in the unit that the name ends in. Any thread. */
    Map<String, Object> now() {
        HealthReport report = health.get();
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("daemon", daemon(report));
        all.put("feed", feed(report));
        all.put("streams", StreamHealth.figures(streams.get(), counters));
        universe.get().ifPresent(last -> all.put("universe", UniverseStatus.figures(last)));
        all.put("lag", lag());
        all.put("market", market());
        all.put("journal", journal(report));
        all.put("snapshots", snapshots());
        all.put("disk", disk(report));
        if (config.roles().contains(Role.STORE)) {
            all.put("store", StoreStatus.of(config.data(), counters, System.currentTimeMillis()));
        }
        return all;
    }

    private Map<String, Object> daemon(HealthReport report) {
        Map<String, Object> daemon = new LinkedHashMap<>();
        daemon.put("state", report.state());
        daemon.put("problems", report.problems());
        daemon.put("warnings", report.warnings());
        daemon.put("version", report.version());
        daemon.put("pid", Long.toString(ProcessHandle.current().pid())); // a name, not a quantity
        daemon.put("started", started.toString());
        daemon.put("environment", config.hyperliquid().environment());
        daemon.put("data_dir", config.data().dir().toAbsolutePath().toString());
        return daemon;
    }

    private Map<String, Object> feed(HealthReport report) {
        FeedStatus status = feed.get();
        Map<String, Object> section = new LinkedHashMap<>();
        section.put("connection", status.state().name().toLowerCase(Locale.ROOT));
        section.put("connections", counters.value("feed.connections"));
        section.put("lanes", lanes(status));
        section.put("reconnects", status.reconnects());
        section.put("last_lost", status.lastReason());
        section.put("subscriptions", status.asked());
        section.put("acknowledged", status.acknowledged());
        section.put("twice", counters.value("feed.redundant"));
        section.put("suspects", status.suspects().size());
        section.put(
                "quarantined",
                status.quarantined().stream().map(SubscriptionText::text).toList());
        section.put("live", counters.value("feed.live"));
        section.put("frames", counters.value("feed.frames"));
        section.put("frames_per_s", report.rates().get("frames"));
        return section;
    }

    /** A word for each. */
    private static List<String> lanes(FeedStatus status) {
        return status.lanes().stream()
                .map(lane ->
                        lane.state().name().toLowerCase(Locale.ROOT) + " " + lane.acknowledged() + "/" + lane.asked()
                                + (lane.replacing() ? " being replaced" : "")
                                + (lane.waiting() ? " waits for the venue's limits" : ""))
                .toList();
    }

    private Map<String, Object> lag() {
        Histogram nanos = latency.snapshot();
        Map<String, Object> lag = new LinkedHashMap<>();
        lag.put("ring_slots_used", counters.value("ring.slots-used"));
        lag.put("ring_slots", counters.value("ring.slots"));
        lag.put("frame_to_callback_p50_us", micros(nanos, 50));
        lag.put("frame_to_callback_p99_us", micros(nanos, 99));
        lag.put("frame_to_callback_p999_us", micros(nanos, 99.9));
        return lag;
    }

    private static double micros(Histogram nanos, double percentile) {
        return nanos.getTotalCount() == 0 ? 0 : nanos.getValueAtPercentile(percentile) / 1e3;
    }

    private Map<String, Object> market() {
        Map<String, Object> market = new LinkedHashMap<>();
        market.put("trades", counters.value("trades.accepted"));
        market.put("duplicates", counters.value("trades.duplicates"));
        market.put("bars", counters.value("bars.closed"));
        market.put("spikes", counters.value("trades.spikes"));
        market.put("spikes_of", spikesOf());
        market.put("bars_revised", counters.value("bars.revised"));
        market.put("gap_reports", counters.value("order.gaps"));
        market.put("bar_log_differences", counters.value("barlog.differences"));
        return market;
    }

    /** Coins with the number of theirs, the most first. */
    private List<String> spikesOf() {
        return counters.ofSymbols("trades.spikes").entrySet().stream()
                .filter(entry -> entry.getValue().get() > 0)
                .sorted(Comparator.comparing(entry -> -entry.getValue().get()))
                .limit(LISTED)
                .map(entry -> entry.getKey() + " " + entry.getValue().get())
                .toList();
    }

    private Map<String, Object> journal(HealthReport report) {
        Map<String, Object> journal = new LinkedHashMap<>();
        journal.put("last_sequence", report.sequences().get("journaled"));
        journal.put("synced_sequence", report.sequences().get("synced"));
        journal.put("bytes_since_start", counters.value("journal.bytes"));
        journal.put("closed_bytes_on_disk", counters.value("journal.disk-bytes"));
        journal.put("hours_compressed", counters.value("journal.cycles-compressed"));
        journal.put("hours_deleted", counters.value("journal.cycles-deleted"));
        return journal;
    }

    private Map<String, Object> snapshots() {
        Map<String, Object> snapshots = new LinkedHashMap<>();
        snapshots.put("newest_sequence", counters.value("snapshot.sequence"));
        snapshots.put("written", counters.value("snapshot.written"));
        snapshots.put("failed", counters.value("snapshot.failed"));
        snapshots.put("replayed_at_start", counters.value("recovery.records"));
        return snapshots;
    }

    private Map<String, Object> disk(HealthReport report) {
        Map<String, Object> disk = new LinkedHashMap<>();
        disk.put("free_bytes", report.diskFreeBytes());
        disk.put("min_free_bytes", config.journal().minFree());
        untilFull.get().ifPresent(left -> disk.put("days_until_full", days(left)));
        return disk;
    }

    private static double days(Duration left) {
        return Math.round(left.toSeconds() / SECONDS_PER_HOUR / HOURS_PER_DAY * 10) / 10.0;
    }
}
