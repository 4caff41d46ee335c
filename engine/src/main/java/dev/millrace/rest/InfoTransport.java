package dev.millrace.rest;

import dev.millrace.codec.hyperliquid.InfoRequest;
import dev.millrace.config.HyperliquidConfig;
import dev.millrace.rest.InfoException.Blame;
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
import javax.net.ssl.SSLHandshakeException;

/** HTTP to the venue: a request goes out, a whole reply comes in within the limit, or words why not. Any thread. */
final class InfoTransport {

    private final URI address;
    private final HttpClient http;
    private final Duration timeout;

    /**
     * @param timeout of a call, its body included
     * @throws IllegalArgumentException when the address or the trusted certificates cannot be used
     */
    InfoTransport(HyperliquidConfig config, Duration timeout) {
        address = address(config.restUrl());
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .sslContext(TlsTrust.context(config.tlsTrust()))
                .build();
        this.timeout = timeout;
    }

    HttpResponse<byte[]> exchange(InfoRequest asked) throws InfoException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(asked.json()))
                .build();
        CompletableFuture<HttpResponse<byte[]>> reply =
                http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
        try {
            // The limit of HttpRequest ends at the headers; a body that trickles must not outlast it either.
            return reply.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw failure(asked, "no whole reply within " + timeout, Blame.VENUE, e);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw failure(asked, words(cause), cause instanceof IOException ? Blame.VENUE : Blame.REQUEST, cause);
        } finally {
            reply.cancel(true);
        }
    }

    InfoException failure(InfoRequest asked, String what, Blame blame, Throwable cause) {
        return new InfoException(address + " " + asked.json() + ": " + what, blame, cause);
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

    private static URI address(URI base) {
        String text = base.toString();
        return URI.create((text.endsWith("/") ? text.substring(0, text.length() - 1) : text) + "/info");
    }
}
