package dev.millrace.handover;

import dev.millrace.config.Role;
import dev.millrace.control.ControlCommand;
import dev.millrace.control.ControlReply;
import dev.millrace.feed.FeedStatus;
import dev.millrace.feed.LaneStatus;
import dev.millrace.pipeline.MarketPosition;
import dev.millrace.rest.Budget;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The running daemon's side of a handover: tells how far it has come, and releases when asked. A successor has a claim that
 * it renews with every question; one that falls silent is forgotten. While it has one the venue's REST interface
 * is the successor's to ask; nothing else changes here but by its release. Any thread.
 */
public final class Predecessor {

    /** A successor that asks nothing for so long may be replaced by another. */
    private static final Duration CLAIM = Duration.ofSeconds(10);

    /** Beyond any deadline of stopping. */
    private static final Duration FOR_GOOD = Duration.ofDays(1);

    private static final long ANSWER_S = 5;
    private static final long LAST_WORD_S = 2;
    private static final String END = "";

    /**
     * What a successor must know of this daemon.
     *
     * @param journal absolute
     * @param subscriptions each as it is sent
     * @param members of the universe; none where it is not recorded
     * @param spent of the venue's REST budget, which is one for both; the longest ago first
     * @param roles that this process has
     */
    public record Facts(
            String version,
            int semantics,
            String environment,
            Path journal,
            List<String> subscriptions,
            List<String> members,
            List<Budget.Spent> spent,
            Set<Role> roles) {}

    private final BlockingQueue<String> progress = new LinkedBlockingQueue<>();
    private final CountDownLatch told = new CountDownLatch(1);
    private final CompletableFuture<Long> successor = new CompletableFuture<>();
    private Supplier<Facts> facts;
    private Supplier<CompletableFuture<MarketPosition>> position;
    private Supplier<FeedStatus> feed;
    private Consumer<Duration> quiet = time -> {};
    private long claims;
    private long claimedNs;
    private long claimant;
    private boolean isClaimed;

    /**
     * From here on there is something to take over.
     *
     * @param ownFacts as they are when they are asked for
     * @param ownQuiet asks nothing of the venue's REST interface for so long
     */
    public synchronized void ready(
            Supplier<Facts> ownFacts,
            Supplier<CompletableFuture<MarketPosition>> ownPosition,
            Supplier<FeedStatus> ownFeed,
            Consumer<Duration> ownQuiet) {
        facts = ownFacts;
        position = ownPosition;
        feed = ownFeed;
        quiet = ownQuiet;
    }

    /** By name; the page is {@code engine/doc/formats/control.md}. */
    public Map<String, ControlCommand> commands() {
        return Map.of(
                "handover", this::claim,
                "handover-position", this::tellPosition,
                "handover-release", this::release,
                "handover-cancel", this::cancel);
    }

    /** Completes with the process id of who takes over: the daemon must then stop. */
    public CompletableFuture<Long> successor() {
        return successor;
    }

    /** Tells the successor what was done on the way to the end; nothing when there is none. */
    public void tell(String what) {
        if (successor.isDone()) {
            progress.add(what);
        }
    }

    /** The last word; waits until the successor has it, not for long. */
    public void close() throws InterruptedException {
        if (successor.isDone()) {
            progress.add(END);
            if (!told.await(LAST_WORD_S, TimeUnit.SECONDS)) {
                throw new IllegalStateException("process " + successor.getNow(0L)
                        + ", which takes over, does not read what it is told over control.sock");
            }
        }
    }

    private void claim(Map<String, Object> request, ControlReply reply) throws IOException {
        reply.send(claimFor(Positions.number(request, "pid")));
    }

    private synchronized Map<String, Object> claimFor(long pid) {
        if (facts == null) {
            throw new IllegalStateException("the daemon is still starting; try again when it records");
        }
        requireNotReleased();
        if (isClaimed && System.nanoTime() - claimedNs < CLAIM.toNanos()) {
            throw new IllegalStateException("process " + claimant + " is taking over already");
        }
        claims++;
        claimant = pid;
        isClaimed = true;
        claimedNs = System.nanoTime();
        quiet.accept(CLAIM); // before it is told what was spent
        return told(facts.get(), feed.get().lanes());
    }

    private Map<String, Object> told(Facts now, List<LaneStatus> lanes) {
        Map<String, Object> told = new HashMap<>();
        told.put("claim", claims);
        told.put("pid", ProcessHandle.current().pid());
        told.put("version", now.version());
        told.put("semantics", now.semantics());
        told.put("environment", now.environment());
        told.put("journal", now.journal().toString());
        told.put("subscriptions", now.subscriptions());
        told.put("members", now.members());
        told.put("connections", lanes.size());
        told.put("held", lanes.stream().mapToInt(LaneStatus::asked).sum());
        told.put(
                "spent",
                now.spent().stream()
                        .flatMap(call -> Stream.of(call.ago().toMillis(), (long) call.weight()))
                        .toList());
        told.put("roles", now.roles().stream().map(Role::label).sorted().toList());
        return told;
    }

    private void tellPosition(Map<String, Object> request, ControlReply reply) throws Exception {
        renew(request);
        MarketPosition now = position.get().get(ANSWER_S, TimeUnit.SECONDS);
        for (MarketPosition.Coin coin : now.coins()) {
            reply.send(Positions.line(coin));
        }
        reply.send(Map.of("sequence", now.sequence(), "receive-ns", now.receiveNs()));
    }

    /** The word goes out first: a successor that cannot be told is not there to take over. */
    private void release(Map<String, Object> request, ControlReply reply) throws Exception {
        renew(request);
        reply.send(Map.of("released", true));
        if (!successor.complete(Positions.number(request, "pid"))) {
            requireNotReleased();
        }
        quiet.accept(FOR_GOOD);
        try {
            for (String next = progress.take(); !next.equals(END); next = progress.take()) {
                reply.send(Map.of("progress", next));
            }
        } finally {
            told.countDown();
        }
    }

    private void cancel(Map<String, Object> request, ControlReply reply) {
        renew(request);
        drop();
    }

    private synchronized void drop() {
        isClaimed = false;
        quiet.accept(Duration.ZERO);
    }

    private synchronized void renew(Map<String, Object> request) {
        requireNotReleased();
        if (!isClaimed || Positions.number(request, "claim") != claims) {
            throw new IllegalStateException("this handover is no longer known here: it was silent for too long");
        }
        claimedNs = System.nanoTime();
        quiet.accept(CLAIM);
    }

    private void requireNotReleased() {
        if (successor.isDone()) {
            throw new IllegalStateException("process " + successor.getNow(0L) + " has taken over already");
        }
    }
}
