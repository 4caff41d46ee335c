package dev.millrace.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.millrace.market.Lifecycle;
import dev.millrace.market.Subscription;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A thousand reconnects leave nothing behind. */
@Tag("stress")
@Tag("stress-daemon")
class FeedResourcesTest {

    private static final int WARM_UP = 100;
    private static final int RECONNECTS = 1_000;

    @Test
    void shouldHoldNoMoreAfterAThousandReconnectsThanBefore() throws InterruptedException, IOException, JMException {
        Logger quiet = (Logger) LoggerFactory.getLogger(FeedClient.class);
        quiet.setLevel(Level.ERROR);
        RecordingSink sink = new RecordingSink();
        try (LoopbackVenue venue = LoopbackVenue.start();
                FeedClient client = client(venue, sink)) {
            reconnect(venue, sink, WARM_UP);
            Holdings before = Holdings.count();
            reconnect(venue, sink, RECONNECTS);
            Holdings after = Holdings.count();
            System.out.printf("%,d reconnects: before %s, after %s%n", RECONNECTS, before, after);
            assertEquals(before.threads(), after.threads());
            assertTrue(after.files() <= before.files() + 4, before + " " + after);
            assertTrue(after.direct() <= before.direct() + (4 << 20), before + " " + after);
            assertTrue(after.connections() <= 2, "the live one and the one just lost at most: " + after);
            assertTrue(client.status().reconnects() >= RECONNECTS);
        } finally {
            quiet.setLevel(null);
        }
    }

    private static FeedClient client(LoopbackVenue venue, RecordingSink sink) {
        FeedSetup setup = new FeedSetup(venue.url());
        setup.subscriptions = List.of(Subscription.trades("BTC"), Subscription.bbo("BTC"));
        setup.minDelay = Duration.ofNanos(1);
        setup.maxDelay = Duration.ofNanos(1);
        return setup.start(sink);
    }

    /** Ends this many connections in turn by a farewell, a drop and a reset; leaves a fresh one, acknowledged. */
    private static void reconnect(LoopbackVenue venue, RecordingSink sink, int times) throws InterruptedException {
        for (int i = 0; i < times; i++) {
            VenuePeer peer = venue.nextPeer();
            // What is cut off before it is answered would be suspect, and tried on a connection of its own.
            peer.nextRequest();
            peer.nextRequest();
            peer.text("{\"channel\":\"trades\",\"data\":[]}");
            switch (i % 3) {
                case 0 -> peer.close(1000, "");
                case 1 -> peer.drop();
                default -> peer.reset();
            }
        }
        sink.await("all losses", times, one -> one.is(Lifecycle.LOST));
    }

    /**
     * What is held now.
     *
     * @param connections live {@link Connection} objects after a collection: a forgotten timer would keep its own
     */
    private record Holdings(long threads, long files, long connections, long direct) {

        static Holdings count() throws IOException, JMException {
            Path open = Path.of("/proc/self/fd");
            Assumptions.assumeTrue(Files.isDirectory(open), "no /proc on this system");
            try (Stream<Path> files = Files.list(open)) {
                return new Holdings(countThreads(), files.count(), countConnections(), countDirect());
            }
        }

        private static long countThreads() {
            return Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().startsWith("md-feed"))
                    .count();
        }

        private static long countConnections() throws JMException {
            String histogram = (String) ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "gcClassHistogram",
                            new Object[] {new String[0]},
                            new String[] {String[].class.getName()});
            return histogram
                    .lines()
                    .map(line -> line.trim().split(" +"))
                    .filter(words -> words.length >= 4 && words[3].equals(Connection.class.getName()))
                    .mapToLong(words -> Long.parseLong(words[1]))
                    .sum();
        }

        private static long countDirect() {
            return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
                    .metric()
                    .usedDirectMemory();
        }
    }
}
