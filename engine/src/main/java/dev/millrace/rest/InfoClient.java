package dev.millrace.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.millrace.codec.hyperliquid.HistoryPage;
import dev.millrace.codec.hyperliquid.InfoRequest;
import dev.millrace.config.HyperliquidConfig;
import dev.millrace.config.RestConfig;
import dev.millrace.market.EventSink;
import dev.millrace.market.NanoClock;
import dev.millrace.metrics.Counter;
import dev.millrace.metrics.Counters;
import dev.millrace.rest.InfoException.Blame;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * {@code POST /info}, by all who ask the venue: one budget, the same patience. Every reply that comes, good or bad, becomes
 * a record of kind REST before it is judged. A call blocks until it has a reply, the last try has failed, or the thread is
 * interrupted; any thread but the event loop's and the market's.
 */
public final class InfoClient {

    private static final int SHOWN = 200;

    private final InfoTransport transport;
    private final ReplyJournal journal;
    private final Budget budget;
    private final CallPolicy policy;
    private final Counter calls;
    private final Counter failures;

    /**
     * A client for all who ask this host.
     *
     * @throws IllegalArgumentException when the address or the trusted certificates cannot be used
     */
    public InfoClient(
            HyperliquidConfig venue,
            RestConfig config,
            Budget budget,
            EventSink sink,
            NanoClock clock,
            Counters counters) {
        this(
                new InfoTransport(venue, config.timeout()),
                new ReplyJournal(sink, clock),
                budget,
                new CallPolicy(config.tries(), config.minPause(), config.maxPause(), config.maxPause()),
                counters);
    }

    InfoClient(InfoTransport transport, ReplyJournal journal, Budget budget, CallPolicy policy, Counters counters) {
        this.transport = transport;
        this.journal = journal;
        this.budget = budget;
        this.policy = policy;
        calls = counters.counter("rest.calls", "calls of the REST interface, repeated ones included");
        failures = counters.counter("rest.failures", "calls without a usable reply");
    }

    /** Reads a body. */
    @FunctionalInterface
    public interface Decoder<T> {

        /**
         * The value of a body.
         *
         * @throws IOException when it is not what was asked for, saying where
         */
        T decode(byte[] body) throws IOException;
    }

    /**
     * Asks.
     *
     * @throws InfoException when there was no usable reply
     * @throws InterruptedException when the thread was interrupted; a reply under way is dropped
     */
    public <T> T call(Priority priority, InfoRequest request, Decoder<T> decoder)
            throws InfoException, InterruptedException {
        return policy.run(() -> attempt(priority, request, decoder));
    }

    /** What the venue was asked for shortly before this client, by the records of the journal. */
    public void remember(Duration ago, InfoRequest request) {
        budget.remember(new Budget.Spent(ago, RequestWeight.most(request)));
    }

    /** What another process at the same address has spent, the longest ago first. */
    public void remember(List<Budget.Spent> spent) {
        spent.forEach(budget::remember);
    }

    /** What was spent here, and still counts. */
    public List<Budget.Spent> spent() {
        return budget.spent();
    }

    /** Asks nothing for so long: another process does, in this one's place. Who asks waits; zero ends it. */
    public void pause(Duration time) {
        budget.pause(time);
    }

    /** About how long these take by the budget, when nobody else asks for anything. */
    public Duration timeFor(Collection<InfoRequest> requests) {
        return budget.timeFor(requests.stream().mapToLong(RequestWeight::most).sum());
    }

    private <T> T attempt(Priority priority, InfoRequest request, Decoder<T> decoder)
            throws InfoException, InterruptedException {
        int most = RequestWeight.most(request);
        Budget.Reservation reservation = budget.reserve(priority, most);
        count(calls);
        int weight = most;
        try {
            T value = exchange(request, decoder);
            weight = weight(request, value, most);
            return value;
        } catch (InfoException e) {
            count(failures);
            throw e;
        } finally {
            reservation.settle(weight);
        }
    }

    /** Several threads ask, and a counter has one writer at a time. */
    private synchronized void count(Counter counter) {
        counter.increment();
    }

    private static int weight(InfoRequest request, Object value, int most) {
        if (value instanceof HistoryPage<?> page) {
            return RequestWeight.of(request, page.elements());
        }
        return value instanceof Collection<?> items ? RequestWeight.of(request, items.size()) : most;
    }

    private <T> T exchange(InfoRequest request, Decoder<T> decoder) throws InfoException, InterruptedException {
        HttpResponse<byte[]> reply = transport.exchange(request);
        byte[] body = reply.body();
        if (!journal.add(reply.statusCode(), request, body)) {
            throw transport.failure(
                    request, "the reply of " + body.length + " bytes exceeds a record", Blame.REQUEST, null);
        }
        judge(reply.statusCode(), body, request);
        try {
            return decoder.decode(body);
        } catch (IOException e) {
            throw transport.failure(request, "HTTP 200, but " + e.getMessage(), Blame.VENUE, e);
        }
    }

    private void judge(int status, byte[] body, InfoRequest request) throws InfoException {
        if (status != 200) {
            throw transport.failure(request, "HTTP " + status + ": " + shown(body), blame(status, body), null);
        }
        if (body.length == 0 || (body[0] != '{' && body[0] != '[')) {
            throw transport.failure(
                    request, "HTTP 200, but no JSON object or list: " + shown(body), Blame.REQUEST, null);
        }
    }

    private static Blame blame(int status, byte[] body) {
        if (status == 500 && (body.length == 0 || new String(body, UTF_8).equals("null"))) {
            return Blame.EITHER;
        }
        return status == 429 || status >= 500 ? Blame.VENUE : Blame.REQUEST;
    }

    private static String shown(byte[] bytes) {
        String text = new String(bytes, UTF_8);
        return text.isEmpty() ? "(empty)" : text.substring(0, Math.min(SHOWN, text.length()));
    }
}
