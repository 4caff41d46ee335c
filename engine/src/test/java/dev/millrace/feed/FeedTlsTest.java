package dev.millrace.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.market.Lifecycle;
import dev.millrace.market.Subscription;
import dev.millrace.tls.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Verification is never off: trusted and named right, or refused with words. */
class FeedTlsTest {

    @TempDir
    private static Path folder;

    private static TestCertificate own;
    private static TestCertificate elsewhere;
    private static LoopbackVenue venue;

    private final RecordingSink sink = new RecordingSink();

    @BeforeAll
    static void makeCertificates() throws IOException, InterruptedException, GeneralSecurityException {
        own = TestCertificate.make(folder, "dns:localhost,ip:127.0.0.1");
        elsewhere = TestCertificate.make(folder, "dns:elsewhere.example");
        venue = LoopbackVenue.startTls(own.serverContext());
    }

    @AfterAll
    static void closeVenue() {
        venue.close();
    }

    @Test
    void shouldAcceptACertificateThatThePemTrusts() throws InterruptedException {
        FeedSetup setup = new FeedSetup(venue.url());
        setup.trust = Optional.of(own.pem());
        setup.subscriptions = List.of(Subscription.trades("BTC"));
        try (FeedClient client = setup.start(sink)) {
            VenuePeer peer = venue.nextPeer();
            assertTrue(peer.nextRequest().contains("\"trades\""));
            byte[] large = new byte[1 << 20];
            peer.text(large);
            sink.await("a message of 1 MiB", one -> one.payload().limit() == large.length);
            assertEquals(1, client.status().connection());
        }
    }

    @Test
    void shouldRefuseACertificateThatNobodyTrusts() throws InterruptedException {
        assertRefused(
                new FeedSetup(venue.url()),
                "lost the certificate of 127.0.0.1 is not trusted (",
                "hyperliquid.tls.trust");
    }

    @Test
    void shouldRefuseATrustedCertificateOfAnotherHost()
            throws InterruptedException, GeneralSecurityException, IOException {
        try (LoopbackVenue impostor = LoopbackVenue.startTls(elsewhere.serverContext())) {
            FeedSetup setup = new FeedSetup(impostor.url());
            setup.trust = Optional.of(elsewhere.pem());
            assertRefused(setup, "lost the certificate of 127.0.0.1 is refused: ", "127.0.0.1");
        }
    }

    @Test
    void shouldSayThatTheOtherEndDoesNotSpeakTls() throws InterruptedException, IOException {
        try (ServerSocket plain = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            FeedSetup setup = new FeedSetup(URI.create("wss://127.0.0.1:" + plain.getLocalPort() + "/ws"));
            setup.minDelay = Duration.ofMinutes(1);
            setup.maxDelay = Duration.ofMinutes(1);
            try (FeedClient client = setup.start(sink);
                    Socket accepted = plain.accept()) {
                accepted.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(UTF_8));
                String reason =
                        sink.await("a loss", one -> one.is(Lifecycle.LOST)).text();
                assertEquals(
                        "lost 127.0.0.1:" + plain.getLocalPort()
                                + " does not speak TLS; check hyperliquid.ws-url (wss or ws)",
                        reason);
                assertEquals(1, client.status().connection());
            }
        }
    }

    private void assertRefused(FeedSetup setup, String start, String part) throws InterruptedException {
        try (FeedClient client = setup.start(sink)) {
            String reason = sink.await("a loss", one -> one.is(Lifecycle.LOST)).text();
            assertTrue(reason.startsWith(start) && reason.contains(part), reason);
            assertTrue(client.status().connection() >= 1);
        }
        assertEquals(0, setup.counters.value("feed.connects"));
    }
}
