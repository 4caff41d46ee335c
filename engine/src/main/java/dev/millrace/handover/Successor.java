package dev.millrace.handover;

import dev.millrace.codec.hyperliquid.SubscriptionText;
import dev.millrace.config.EngineConfig;
import dev.millrace.config.Role;
import dev.millrace.control.ControlClient;
import dev.millrace.control.ControlException;
import dev.millrace.feed.FeedClient;
import dev.millrace.feed.FeedStatus;
import dev.millrace.market.Subscription;
import dev.millrace.ops.AlreadyRunningException;
import dev.millrace.ops.DataDirectory;
import dev.millrace.ops.EngineVersion;
import dev.millrace.ops.RoleLock;
import dev.millrace.pipeline.Market;
import dev.millrace.pipeline.MarketPosition;
import dev.millrace.rest.Budget;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The new daemon's side of a handover: {@link #ask}, then feed beside the running one until {@link #awaitOverlap} returns,
 * {@link #release}, {@link #lock}. Whatever fails before the release leaves the running daemon as it was. One thread, the
 * one that starts the engine; interrupting it gives up.
 */
public final class Successor implements AutoCloseable {

    /** The socket in the data directory. */
    public static final String SOCKET = "control.sock";

    private static final long PAUSE_MS = 20;
    /** Beyond the old one's deadline of stopping, for what is not drained but closed. */
    private static final long GRACE_S = 15;

    private final EngineConfig config;
    private final Consumer<String> progress;
    private final ControlClient daemon;
    private final long deadlineNs;
    private final Map<String, Object> facts = new HashMap<>();
    private boolean isReleased;

    private Successor(EngineConfig config, Consumer<String> progress) {
        this.config = config;
        this.progress = progress;
        daemon = new ControlClient(config.data().dir().resolve(SOCKET));
        deadlineNs = System.nanoTime() + config.handover().timeout().toNanos();
    }

    /**
     * Asks the running daemon whether it can be taken over, and claims it.
     *
     * @param progress told one line for each step
     * @throws HandoverException when none runs, when it refuses, or when it records something else
     */
    public static Successor ask(EngineConfig config, Consumer<String> progress) {
        Successor successor = new Successor(config, progress);
        if (!successor.request("handover", successor.facts::putAll)) {
            throw new HandoverException("nothing to take over; use millrace run");
        }
        try {
            successor.checkFacts();
            return successor;
        } catch (HandoverException e) {
            successor.close();
            throw e;
        }
    }

    private void checkFacts() {
        requireSame("hyperliquid.environment", config.hyperliquid().environment(), facts.get("environment"));
        Path journal = config.data().journal().toAbsolutePath().normalize();
        requireSame("data.journal", journal.toString(), facts.get("journal"));
        progress.accept("taking over from process " + facts.get("pid") + ", version " + facts.get("version") + ", with "
                + EngineVersion.text());
        if (Positions.number(facts, "semantics") != Market.SEMANTICS_VERSION) {
            progress.accept("its snapshots are of semantics " + facts.get("semantics") + ", not of "
                    + Market.SEMANTICS_VERSION + ": the whole journal will be replayed before recording goes on");
        }
    }

    private static void requireSame(String key, String here, Object there) {
        if (!here.equals(there)) {
            throw new HandoverException(key + " is " + here + ", but " + there + " in the running daemon");
        }
    }

    /** Members of the universe that the running daemon records: a state that tells them is read only after its end. */
    public List<String> members() {
        return ((List<?>) facts.getOrDefault("members", List.of()))
                .stream().map(String::valueOf).toList();
    }

    /** What the running daemon takes of the venue's limits. */
    public Occupancy occupancy() {
        return new Occupancy(count("connections"), count("held"));
    }

    /** What the running daemon has spent of the venue's REST budget, the longest ago first; empty where it does not tell. */
    public Optional<List<Budget.Spent>> spent() {
        if (!(facts.get("spent") instanceof List<?> told)) {
            return Optional.empty();
        }
        List<Budget.Spent> spent = new ArrayList<>();
        for (int i = 0; i + 1 < told.size(); i += 2) {
            long ms = ((Number) told.get(i)).longValue();
            spent.add(new Budget.Spent(Duration.ofMillis(ms), ((Number) told.get(i + 1)).intValue()));
        }
        return Optional.of(spent);
    }

    /** One that does not tell takes nothing that we know of. */
    private int count(String fact) {
        return (int) Math.max(0, Positions.number(facts, fact));
    }

    /** Whether the running daemon has this role, which is then to be had only after it. */
    public boolean follows(Role role) {
        return ((List<?>) facts.getOrDefault("roles", List.of(Role.CAPTURE.label()))).contains(role.label());
    }

    /**
     * Waits until nothing can lie between what the running daemon has applied and what is held; from then on everything
     * that comes is kept.
     *
     * @throws HandoverException when memory or time do not suffice, saying what was missing
     */
    public void awaitOverlap(List<Subscription> asked, FeedClient feed, HeldFeed held) throws InterruptedException {
        List<Subscription> shared = shared(asked);
        FirstFrames first = new FirstFrames();
        int connections = 0;
        while (true) {
            HeldFeed.News news = held.news();
            if (news.connections() != connections) {
                connections = news.connections();
                first = new FirstFrames();
            }
            news.events().forEach(first::onEvent);
            FeedStatus status = feed.status();
            MarketPosition old = position(); // asked in every turn: who is silent is forgotten
            List<String> missing = isSubscribed(status) ? first.unproven(shared, old) : List.of(unsubscribed(status));
            if (missing.isEmpty() && held.keep(news)) {
                return;
            }
            requirePatience(held, missing);
            TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
        }
    }

    private List<Subscription> shared(List<Subscription> asked) {
        Set<Object> theirs = new HashSet<>((List<?>) facts.get("subscriptions"));
        List<Subscription> shared = asked.stream()
                .filter(one -> theirs.contains(SubscriptionText.text(one)))
                .toList();
        if (shared.size() < Math.max(asked.size(), theirs.size())) {
            progress.accept("subscriptions: " + shared.size() + " as before, " + (asked.size() - shared.size())
                    + " new, " + (theirs.size() - shared.size()) + " dropped");
        }
        return shared;
    }

    private static boolean isSubscribed(FeedStatus status) {
        return status.state() == FeedStatus.State.CONNECTED
                && status.acknowledged() + status.quarantined().size() == status.asked();
    }

    private static String unsubscribed(FeedStatus status) {
        return status.state() == FeedStatus.State.CONNECTED
                ? status.acknowledged() + " of " + status.asked() + " subscriptions are acknowledged"
                : "the exchange is not connected"
                        + (status.lastReason().isEmpty() ? "" : " (" + status.lastReason() + ")");
    }

    private void requirePatience(HeldFeed held, List<String> missing) {
        String still = missing.isEmpty() ? "a connection was lost" : missing.get(0) + more(missing.size() - 1);
        if (held.isFull()) {
            throw new HandoverException(
                    "handover.max-bytes = " + config.handover().maxBytes()
                            + " did not suffice; the running daemon goes on. Still missing: " + still);
        }
        if (System.nanoTime() - deadlineNs > 0) {
            throw new HandoverException("not ready within handover.timeout = "
                    + config.handover().timeout().toMillis() + " ms; the running daemon goes on. Still missing: "
                    + still);
        }
    }

    private static String more(int others) {
        return others == 0 ? "" : " (and " + others + " more)";
    }

    private MarketPosition position() {
        List<MarketPosition.Coin> coins = new ArrayList<>();
        Map<String, Object> last = new HashMap<>();
        require(request("handover-position", line -> {
            if (line.containsKey("coin")) {
                coins.add(Positions.coin(line));
            } else {
                last.putAll(line);
            }
        }));
        return new MarketPosition(Positions.number(last, "sequence"), Positions.number(last, "receive-ns"), coins);
    }

    /**
     * Tells the running daemon to stop; returns when it has said its last word.
     *
     * @throws HandoverException when it did not agree to
     */
    public void release() {
        try {
            require(request("handover-release", this::onRelease));
        } catch (HandoverException e) {
            if (!isReleased) {
                throw e;
            }
            progress.accept(e.getMessage()); // its lock tells when it is gone
        }
    }

    private void onRelease(Map<String, Object> line) {
        isReleased |= line.containsKey("released");
        if (line.containsKey("progress")) {
            progress.accept("process " + facts.get("pid") + ": " + line.get("progress"));
        }
    }

    /**
     * Takes the role that was released.
     *
     * @throws AlreadyRunningException when the old daemon does not end within its time
     */
    public RoleLock lock(DataDirectory data, String role) throws InterruptedException {
        long endNs = System.nanoTime()
                + config.ops().shutdownDeadline().plusSeconds(GRACE_S).toNanos();
        while (true) {
            try {
                return data.lock(role, Clock.systemUTC());
            } catch (AlreadyRunningException e) {
                if (System.nanoTime() - endNs > 0) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
            }
        }
    }

    /** Lets the running daemon forget about it, when nothing was released. */
    @Override
    public void close() {
        if (!isReleased) {
            try {
                request("handover-cancel", line -> {});
            } catch (HandoverException ignored) {
                // Who cannot be told forgets by itself after a while.
            }
        }
    }

    private boolean request(String command, Consumer<Map<String, Object>> lines) {
        Map<String, Object> request = new HashMap<>();
        request.put("command", command);
        request.put("pid", ProcessHandle.current().pid());
        request.put("claim", facts.getOrDefault("claim", 0L));
        try {
            return daemon.ask(request, lines);
        } catch (ControlException e) {
            throw new HandoverException(e.getMessage(), e);
        }
    }

    private static void require(boolean answered) {
        if (!answered) {
            throw new HandoverException("the running daemon has ended; use millrace run");
        }
    }
}
