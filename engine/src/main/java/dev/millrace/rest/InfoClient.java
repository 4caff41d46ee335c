package dev.millrace.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.dslplatform.json.DslJson;
import com.dslplatform.json.JsonWriter;
import dev.millrace.config.HyperliquidConfig;
import dev.millrace.market.EventSink;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.NanoClock;
import dev.millrace.market.RecordKind;
import dev.millrace.market.Source;
import dev.millrace.metrics.Counter;
import dev.millrace.metrics.Counters;
import dev.millrace.tls.TlsTrust;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLHandshakeException;

/**
 * {@code POST /info}. Every reply that comes, good or bad, becomes a record of kind REST before it is judged; its source
 * numbers the calls of this client from 1. One thread; a call blocks until it has a reply, three tries have failed, or
 * the thread is interrupted.
 */
public final class InfoClient {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int TRIES = 3;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final long FULL_PAUSE_NS = 1_000_000;
    private static final int SHOWN = 200;

    private final DslJson<Object> json = new DslJson<>();
    private final URI address;
    private final HttpClient http;
    private final EventSink sink;
    private final NanoClock clock;
    private final Retry retry;
    private final Duration timeout;
    private final Counter calls;
    private final Counter failures;
    private int call;

    /**
     * @param random jitter of the pauses between tries
     * @throws IllegalArgumentException when the address or the trusted certificates cannot be used
     */
    public InfoClient(
            HyperliquidConfig config, EventSink sink, NanoClock clock, RandomGenerator random, Counters counters) {
        this(config, sink, clock, new Retry(TRIES, FIRST_PAUSE, random), TIMEOUT, counters);
    }

    InfoClient(
            HyperliquidConfig config,
            EventSink sink,
            NanoClock clock,
            Retry retry,
            Duration timeout,
            Counters counters) {
        address = address(config.restUrl());
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .sslContext(TlsTrust.context(config.tlsTrust()))
                .build();
        this.sink = sink;
        this.clock = clock;
        this.retry = retry;
        this.timeout = timeout;
        calls = counters.counter("rest.calls", "calls of the REST interface, repeated ones included");
        failures = counters.counter("rest.failures", "calls without a usable reply");
    }

    /**
     * The perpetuals of a dex with their volumes.
     *
     * @param dex name of a builder-deployed exchange; empty for the venue's own
     */
    public byte[] metaAndAssetCtxs(String dex) throws InfoException, InterruptedException {
        if (dex.isEmpty()) {
            return post("{\"type\":\"metaAndAssetCtxs\"}");
        }
        JsonWriter body = json.newWriter();
        body.writeAscii("{\"type\":\"metaAndAssetCtxs\",\"dex\":");
        body.writeString(dex);
        body.writeAscii("}");
        return post(body.toString());
    }

    /** The spot tokens and pairs. */
    public byte[] spotMeta() throws InfoException, InterruptedException {
        return post("{\"type\":\"spotMeta\"}");
    }

    /** The builder-deployed exchanges; the first entry is null and means the venue's own. */
    public byte[] perpDexs() throws InfoException, InterruptedException {
        return post("{\"type\":\"perpDexs\"}");
    }

    private byte[] post(String body) throws InfoException, InterruptedException {
        return retry.run(() -> tryOnce(body));
    }

    private byte[] tryOnce(String body) throws InfoException, InterruptedException {
        calls.increment();
        try {
            HttpResponse<byte[]> reply = exchange(body);
            journal(reply, body);
            judge(reply, body);
            return reply.body();
        } catch (InfoException e) {
            failures.increment();
            throw e;
        }
    }

    private HttpResponse<byte[]> exchange(String body) throws InfoException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        CompletableFuture<HttpResponse<byte[]>> reply =
                http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
        try {
            // The limit of HttpRequest ends at the headers; a body that trickles must not outlast it either.
            return reply.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw failure(body, "no whole reply within " + timeout, true, e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw failure(body, words(cause), cause instanceof IOException, cause);
        } finally {
            reply.cancel(true);
        }
    }

    private void judge(HttpResponse<byte[]> reply, String body) throws InfoException {
        int status = reply.statusCode();
        byte[] bytes = reply.body();
        if (status != 200) {
            throw failure(body, "HTTP " + status + ": " + shown(bytes), status == 429 || status >= 500, null);
        }
        if (bytes.length == 0 || (bytes[0] != '{' && bytes[0] != '[')) {
            throw failure(body, "HTTP 200, but no JSON object or list: " + shown(bytes), false, null);
        }
    }

    private void journal(HttpResponse<byte[]> reply, String body) throws InfoException, InterruptedException {
        long receiveNs = clock.nowNs();
        byte[] head = (reply.statusCode() + " " + body + "\n").getBytes(UTF_8);
        byte[] bytes = reply.body();
        if (bytes.length > EventSink.MAX_PAYLOAD - head.length) {
            throw failure(body, "the reply of " + bytes.length + " bytes exceeds a record", false, null);
        }
        MarketEvent event = claim(head.length + bytes.length);
        event.set(
                RecordKind.REST, Source.of(Source.HYPERLIQUID_REST, 0, ++call), receiveNs, head.length + bytes.length);
        System.arraycopy(head, 0, event.bytes(), 0, head.length);
        System.arraycopy(bytes, 0, event.bytes(), head.length, bytes.length);
        sink.publish(event);
    }

    private MarketEvent claim(int length) throws InterruptedException {
        MarketEvent event = sink.tryClaim(length);
        while (event == null) {
            LockSupport.parkNanos(FULL_PAUSE_NS);
            if (Thread.interrupted()) {
                throw new InterruptedException("while the ring was full");
            }
            event = sink.tryClaim(length);
        }
        return event;
    }

    private InfoException failure(String body, String what, boolean worthRetrying, Throwable cause) {
        return new InfoException(address + " " + body + ": " + what, worthRetrying, cause);
    }

    private static String words(Throwable cause) {
        if (cause instanceof SSLHandshakeException) {
            return "its certificate is not trusted (" + cause.getMessage()
                    + "); a venue with a certificate of its own needs its PEM file in hyperliquid.tls.trust";
        }
        if (cause instanceof ConnectException) {
            return cause.getCause() instanceof UnresolvedAddressException
                    ? "the host's name does not resolve"
                    : "no connection: " + (cause.getMessage() == null ? "refused" : cause.getMessage());
        }
        return "failed: " + cause;
    }

    private static String shown(byte[] bytes) {
        String text = new String(bytes, UTF_8);
        return text.isEmpty() ? "(empty)" : text.substring(0, Math.min(SHOWN, text.length()));
    }

    private static URI address(URI base) {
        String text = base.toString();
        return URI.create((text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + "/info");
    }
}
