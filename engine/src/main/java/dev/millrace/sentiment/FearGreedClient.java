package dev.millrace.sentiment;

import dev.millrace.codec.alternativeme.FearGreedDecoder;
import dev.millrace.codec.alternativeme.FearGreedRecord;
import dev.millrace.codec.alternativeme.FearGreedReply;
import dev.millrace.market.EventSink;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.NanoClock;
import dev.millrace.market.RecordKind;
import dev.millrace.market.Source;
import dev.millrace.metrics.Counter;
import dev.millrace.metrics.Counters;
import dev.millrace.tls.TlsTrust;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * {@code GET /fng/}, at most one question a second. Every reply that comes, good or bad, becomes a record of kind SENTIMENT
 * before it is judged; its source numbers the questions of this client from 1. One thread; a question blocks until it has a
 * reply, its time is over, or the thread is interrupted.
 */
public final class FearGreedClient {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration LEAST_APART = Duration.ofSeconds(1);
    private static final long FULL_PAUSE_NS = 1_000_000;
    private static final int OK = 200;

    private final FearGreedDecoder decoder = new FearGreedDecoder();
    private final URI url;
    private final HttpClient http;
    private final EventSink sink;
    private final NanoClock clock;
    private final RequestPace pace;
    private final Counter calls;
    private final Counter failures;
    private int call;

    /**
     * @param url with its path
     * @param trust PEM file of certificates trusted beside the JDK's
     * @throws IllegalArgumentException when the trusted certificates cannot be used
     */
    public FearGreedClient(URI url, Optional<Path> trust, EventSink sink, NanoClock clock, Counters counters) {
        this(url, trust, sink, clock, RequestPace.of(LEAST_APART), counters);
    }

    FearGreedClient(
            URI url, Optional<Path> trust, EventSink sink, NanoClock clock, RequestPace pace, Counters counters) {
        this.url = url;
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(TIMEOUT)
                .sslContext(TlsTrust.context(trust))
                .build();
        this.sink = sink;
        this.clock = clock;
        this.pace = pace;
        calls = counters.counter("sentiment.calls", "Questions to the source of sentiment");
        failures = counters.counter("sentiment.failures", "Questions to it without a usable reply");
    }

    /** The last days, today's included: 1 or more. */
    public FearGreedReply newest(long days) throws SentimentException, InterruptedException {
        return ask("limit=" + Math.max(1, days));
    }

    /** All days that the source has. */
    public FearGreedReply history() throws SentimentException, InterruptedException {
        return ask(FearGreedRecord.ALL);
    }

    private FearGreedReply ask(String limit) throws SentimentException, InterruptedException {
        pace.await();
        calls.increment();
        URI question = url.resolve(url.getPath() + "?" + limit + "&format=json");
        try {
            HttpResponse<byte[]> reply = exchange(question);
            long receiveNs = clock.nowNs();
            journal(new FearGreedRecord(reply.statusCode(), target(question), reply.body()), receiveNs);
            if (reply.statusCode() != OK) {
                throw new IOException("HTTP " + reply.statusCode());
            }
            return decoder.decode(reply.body(), receiveNs);
        } catch (IOException e) {
            failures.increment();
            throw new SentimentException(question + ": " + e.getMessage(), e);
        }
    }

    private static String target(URI question) {
        return question.getRawPath() + "?" + question.getRawQuery();
    }

    private HttpResponse<byte[]> exchange(URI question) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(question)
                .header("Accept", "application/json")
                .build();
        CompletableFuture<HttpResponse<byte[]>> reply =
                http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
        try {
            // The limit of HttpRequest ends at the headers; a body that trickles must not outlast it either.
            return reply.get(TIMEOUT.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new IOException("no whole reply within " + TIMEOUT.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            String words = e.getCause().getMessage();
            throw new IOException(
                    "no reply: " + (words == null ? e.getCause().getClass().getSimpleName() : words), e.getCause());
        } finally {
            reply.cancel(true);
        }
    }

    private void journal(FearGreedRecord record, long receiveNs) throws IOException, InterruptedException {
        byte[] payload = record.toPayload();
        if (payload.length > EventSink.MAX_PAYLOAD) {
            throw new IOException("a reply of " + record.body().length + " bytes exceeds a record");
        }
        MarketEvent event = sink.tryClaim(payload.length);
        while (event == null) {
            LockSupport.parkNanos(FULL_PAUSE_NS);
            if (Thread.interrupted()) {
                throw new InterruptedException("while the ring was full");
            }
            event = sink.tryClaim(payload.length);
        }
        event.set(RecordKind.SENTIMENT, Source.of(Source.FEAR_GREED, 0, ++call), receiveNs, payload.length);
        System.arraycopy(payload, 0, event.bytes(), 0, payload.length);
        sink.publish(event);
    }
}
