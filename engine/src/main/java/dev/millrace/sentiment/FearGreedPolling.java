package dev.millrace.sentiment;

import dev.millrace.codec.alternativeme.FearGreedReply;
import dev.millrace.market.NanoClock;
import dev.millrace.metrics.ErrorLog;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the source at each start for the last days and once for all, then at intervals, on a thread of its own,
 * {@code md-sentiment}. A source that fails is told once in the log and once in {@code /health}, as a warning: the reading
 * is kept, and the source is asked again.
 */
public final class FearGreedPolling implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FearGreedPolling.class);
    private static final long CLOSE_DEADLINE_MS = 10_000;
    /** A reply this young answers a refresh. */
    private static final long FRESH_NS = Duration.ofSeconds(1).toNanos();

    private final FearGreedClient client;
    private final PollPlan plan;
    private final PollPlan historyPlan;
    private final NanoClock clock;
    private final ErrorLog errors;
    private final BlockingQueue<CompletableFuture<SentimentState>> refreshes = new LinkedBlockingQueue<>();
    private final Thread thread = new Thread(this::run, "md-sentiment");
    private volatile SentimentState state = SentimentState.NOTHING;
    private volatile boolean closing;
    private boolean hasHistory;
    private boolean historyFailed;

    private FearGreedPolling(FearGreedClient client, Duration interval, NanoClock clock, ErrorLog errors) {
        this.client = client;
        plan = new PollPlan(interval);
        historyPlan = new PollPlan(interval);
        this.clock = clock;
        this.errors = errors;
        thread.setDaemon(true);
    }

    /**
     * Starts it; to be closed before what takes its records.
     *
     * @param client used by nobody else
     * @param interval at most this long between two questions
     */
    public static FearGreedPolling start(FearGreedClient client, Duration interval, NanoClock clock, ErrorLog errors) {
        FearGreedPolling polling = new FearGreedPolling(client, interval, clock, errors);
        polling.thread.start();
        return polling;
    }

    /** What is known now. Any thread. */
    public SentimentState state() {
        return state;
    }

    /** Asks now, unless the last reply is younger than a second; completes with what is known then. Any thread. */
    public CompletableFuture<SentimentState> refresh() {
        CompletableFuture<SentimentState> asked = new CompletableFuture<>();
        refreshes.add(asked);
        return asked;
    }

    private void run() {
        try {
            while (!closing) {
                Duration pause = poll();
                CompletableFuture<SentimentState> asked = refreshes.poll(pause.toNanos(), TimeUnit.NANOSECONDS);
                while (asked != null) {
                    if (!isFresh()) {
                        pause = poll();
                    }
                    asked.complete(state);
                    asked = refreshes.poll(pause.toNanos(), TimeUnit.NANOSECONDS);
                }
            }
        } catch (InterruptedException ignored) {
            Thread.currentThread().interrupt(); // by close; the thread ends
        }
    }

    private boolean isFresh() {
        SentimentState known = state;
        return known.problem().isEmpty()
                && known.reading().isPresent()
                && clock.nowNs() - known.reading().get().receiveNs() < FRESH_NS;
    }

    /** Gives how long to wait. */
    private Duration poll() throws InterruptedException {
        try {
            FearGreedReply reply = client.newest(plan.days(clock.nowNs()));
            tell(state.with(reply.newest().orElseThrow()));
            Duration pause = plan.succeeded(clock.nowNs(), reply.secondsUntilUpdate());
            return hasHistory ? pause : PollPlan.shorter(pause, history());
        } catch (SentimentException e) {
            if (state.problem().isEmpty()) {
                errors.record("sentiment", e);
            }
            tell(state.failing(e.getMessage()));
            return plan.failed();
        }
    }

    /** Gives when to ask for the past again; without it today's value is no less the present one. */
    private Duration history() throws InterruptedException {
        try {
            client.history();
            hasHistory = true;
            return historyPlan.succeeded(clock.nowNs(), OptionalLong.empty());
        } catch (SentimentException e) {
            if (!historyFailed) {
                errors.record("sentiment", e);
                LOG.warn("the past of the sentiment cannot be read; asked again: {}", e.getMessage());
            }
            historyFailed = true;
            return historyPlan.failed();
        }
    }

    private void tell(SentimentState now) {
        boolean failing = !now.problem().isEmpty();
        if (failing && state.problem().isEmpty()) {
            String kept = now.reading().isPresent() ? "; its last value is kept as stale" : "";
            LOG.warn("sentiment cannot be read{}; asked again: {}", kept, now.problem());
        } else if (!failing && !state.problem().isEmpty()) {
            LOG.info("sentiment is read again");
        }
        state = now;
    }

    /** Ends a question under way. */
    @Override
    public void close() {
        closing = true;
        thread.interrupt();
        try {
            thread.join(CLOSE_DEADLINE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            throw new IllegalStateException("md-sentiment has not ended within " + CLOSE_DEADLINE_MS + " ms");
        }
    }
}
