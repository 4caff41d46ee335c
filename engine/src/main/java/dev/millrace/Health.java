package dev.millrace;

import dev.millrace.codec.hyperliquid.SubscriptionText;
import dev.millrace.config.EngineConfig;
import dev.millrace.feed.FeedClient;
import dev.millrace.feed.FeedStatus;
import dev.millrace.feed.LaneStatus;
import dev.millrace.journal.JournalRoom;
import dev.millrace.journal.JournalWriter;
import dev.millrace.journal.RetentionThread;
import dev.millrace.market.Subscription;
import dev.millrace.market.UniverseDecision;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.ErrorLog;
import dev.millrace.ops.EngineVersion;
import dev.millrace.ops.HealthReport;
import dev.millrace.pipeline.LocalClock;
import dev.millrace.pipeline.Pipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Puts together what {@code /health} and the health line tell. Rates are over the time since the report before. */
final class Health {

    private static final double NS_PER_SECOND = 1e9;
    private static final long UNKNOWN = -1;

    private final EngineConfig config;
    private final LocalClock clock;
    private final JournalWriter journal;
    private final RetentionThread retention;
    private final JournalRoom room;
    private final Optional<StoreRole> store;
    private final Pipeline pipeline;
    private final FeedClient feed;
    private final Supplier<Optional<UniverseDecision>> universe;
    private final Counters counters;
    private final ErrorLog errors;
    private final long startNs;
    private long previousNs;
    private long previousFrames;
    private double framesPerSecond;

    Health(
            EngineConfig config,
            LocalClock clock,
            JournalWriter journal,
            RetentionThread retention,
            JournalRoom room,
            Optional<StoreRole> store,
            Pipeline pipeline,
            FeedClient feed,
            Supplier<Optional<UniverseDecision>> universe,
            Counters counters,
            ErrorLog errors) {
        this.config = config;
        this.clock = clock;
        this.journal = journal;
        this.retention = retention;
        this.room = room;
        this.store = store;
        this.pipeline = pipeline;
        this.feed = feed;
        this.universe = universe;
        this.counters = counters;
        this.errors = errors;
        startNs = clock.nowNs();
        previousNs = startNs;
    }

    /** Any thread. */
    synchronized HealthReport report() {
        FeedStatus status = feed.status();
        List<String> problems = problems(status);
        return new HealthReport(
                problems.isEmpty() ? "running" : "impaired",
                problems,
                warnings(status),
                EngineVersion.text(),
                Duration.ofNanos(clock.nowNs() - startNs),
                words(status),
                universe.get().map(UniverseStatus::words).orElse(""),
                Map.of("frames", rate()),
                Map.of("journaled", journal.lastSequence(), "synced", journal.syncedSequence()),
                diskFree());
    }

    private List<String> problems(FeedStatus status) {
        List<String> problems = new ArrayList<>();
        if (pipeline.failure().isDone()) {
            problems.add("the engine stopped: " + pipeline.failure().getNow(null));
        }
        if (!room.stopped().isEmpty()) {
            problems.add(room.stopped());
        }
        if (status.state() != FeedStatus.State.CONNECTED) {
            problems.add("the feed is not connected: " + words(status));
        } else if (unanswered(status) > 0) {
            problems.add(unanswered(status) + " subscriptions are not acknowledged");
        }
        String suspects = coins(status.suspects());
        if (!suspects.isEmpty()) {
            problems.add("the venue closed the connection right after a request for " + suspects
                    + "; a name that it does not know makes it do so: each is being tried apart");
        }
        problems.addAll(StreamHealth.problems(pipeline.freshness()));
        retention.problem().ifPresent(problems::add);
        store.flatMap(StoreRole::problem).ifPresent(problems::add);
        return problems;
    }

    private List<String> warnings(FeedStatus status) {
        List<String> warnings = new ArrayList<>(StreamHealth.warnings(pipeline.freshness()));
        errors.entries().forEach(entry -> warnings.add(entry.where() + ": " + entry.message()));
        DayCertificates.warning(counters).ifPresent(warnings::add);
        if (!status.quarantined().isEmpty()) {
            warnings.add("not subscribed, because the venue closes every connection that asks for it: "
                    + status.quarantined().stream().map(SubscriptionText::text).collect(Collectors.joining(", "))
                    + "; check the name");
        }
        for (LaneStatus lane : status.lanes()) {
            if (lane.waiting()) {
                warnings.add("connection " + lane.number() + " of "
                        + status.lanes().size() + " waits for the venue's limits (feed.budget-percent)");
            }
            if (status.state() == FeedStatus.State.CONNECTED && lane.state() != FeedStatus.State.CONNECTED) {
                warnings.add(
                        "connection " + lane.number() + " of " + status.lanes().size()
                                + " is lost; another carries its streams meanwhile: " + lane.lastReason());
            }
        }
        return warnings;
    }

    /** One in quarantine is told as a warning: nothing else comes of it until somebody mends its name. */
    private static int unanswered(FeedStatus status) {
        return status.asked()
                - status.acknowledged()
                - status.suspects().size()
                - status.quarantined().size();
    }

    private String words(FeedStatus status) {
        String state = status.state().name().toLowerCase(Locale.ROOT);
        String subscriptions = status.acknowledged() + "/" + status.asked() + " subscriptions, "
                + counters.value("feed.live") + " live";
        String reason = status.lastReason().isEmpty() ? "" : ", last lost: " + status.lastReason();
        String error = status.lastError().isEmpty() ? "" : ", last error: " + status.lastError();
        return state + ", " + subscriptions + ", " + status.reconnects() + " reconnects" + reason + error;
    }

    private static String coins(List<Subscription> subscriptions) {
        return subscriptions.stream()
                .map(Subscription::coin)
                .filter(coin -> !coin.isEmpty())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    /** Two reports in quick succession share one measurement. */
    private double rate() {
        long nowNs = clock.nowNs();
        long frames = counters.value("feed.frames");
        if (nowNs - previousNs >= NS_PER_SECOND / 2) {
            framesPerSecond = (frames - previousFrames) * NS_PER_SECOND / (nowNs - previousNs);
            previousNs = nowNs;
            previousFrames = frames;
        }
        return framesPerSecond;
    }

    private long diskFree() {
        try {
            return Files.getFileStore(config.data().journal()).getUsableSpace();
        } catch (IOException ignored) {
            // Shown as unknown: a page of health must not fail over one figure.
            return UNKNOWN;
        }
    }
}
