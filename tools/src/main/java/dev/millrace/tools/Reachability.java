package dev.millrace.tools;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Whether an address takes a TCP connection; certificates are checked by the feed itself. */
final class Reachability {

    private final Duration limit;

    Reachability(Duration limit) {
        this.limit = limit;
    }

    /** The limit holds for looking up the name and for connecting, each. */
    Finding check(String subject, URI url) {
        try {
            return CompletableFuture.supplyAsync(() -> connect(subject, url), Reachability::start)
                    .get(2 * limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return Finding.fail(subject, url.getHost() + " was not found in time; check the network's DNS");
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot check " + url, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Finding.warn(subject, "the check of " + url.getHost() + " was interrupted");
        }
    }

    /** A look-up may hang for long and cannot be interrupted: it has a thread of its own, which does not hold up the exit. */
    private static void start(Runnable check) {
        Thread thread = new Thread(check, "reachability");
        thread.setDaemon(true);
        thread.start();
    }

    private Finding connect(String subject, URI url) {
        boolean secure = url.getScheme().equals("wss") || url.getScheme().equals("https");
        int port = url.getPort() > 0 ? url.getPort() : secure ? 443 : 80;
        String host = url.getHost();
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            return Finding.fail(subject, "the name " + host + " does not resolve; check the network's DNS");
        }
        long start = System.nanoTime();
        try (Socket socket = new Socket()) {
            socket.connect(address, Math.toIntExact(limit.toMillis()));
            long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            return Finding.ok(subject, host + ":" + port + " took a connection in " + took + " ms");
        } catch (IOException e) {
            return Finding.fail(
                    subject,
                    "no connection to " + host + ":" + port + " (" + e.getMessage()
                            + "); check the network and hyperliquid." + subject + "-url");
        }
    }
}
