package dev.millrace.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;

class SimulatorTest {

    private static final MarketModel MODEL = MarketModel.of(1, 1_790_232_000_000L);

    @Test
    void shouldServeTlsToWhoTrustsItsCertificate() throws Exception {
        Simulator simulator = Simulator.start(SimulatorConfig.of(MODEL).withTls(true));
        Path pem = simulator.pem().orElseThrow();
        HttpClient trusting = HttpClient.newBuilder().sslContext(trusting(pem)).build();
        URI byName = URI.create("wss://localhost:" + simulator.port() + "/ws");
        for (URI uri : List.of(simulator.wsUrl(), byName)) {
            try (TestClient client = TestClient.connect(trusting, uri)) {
                client.subscribe("{\"type\":\"trades\",\"coin\":\"BTC\"}");
                client.next("trades");
            }
        }
        assertThrows(Exception.class, () -> TestClient.connect(simulator).close(), "trusted without the certificate");
        simulator.close();
        assertFalse(Files.exists(pem));
        assertFalse(Files.exists(pem.getParent()));
    }

    private static SSLContext trusting(Path pem) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream input = Files.newInputStream(pem)) {
            store.setCertificateEntry(
                    "simulator", CertificateFactory.getInstance("X.509").generateCertificate(input));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    @Test
    void shouldSayThatAPortIsTaken() throws IOException {
        try (Simulator first = Simulator.start(SimulatorConfig.of(MODEL))) {
            IOException refused = assertThrows(
                    IOException.class,
                    () -> Simulator.start(SimulatorConfig.of(MODEL).withPort(first.port()))
                            .close());
            assertTrue(refused.getMessage().contains(Integer.toString(first.port())), refused.getMessage());
        }
    }

    @Test
    void shouldCloseItsSocketsWithAFrameAndBeClosedTwice() throws Exception {
        Simulator simulator = Simulator.start(SimulatorConfig.of(MODEL));
        TestClient client = TestClient.connect(simulator);
        client.send("{\"method\":\"ping\"}");
        client.next("pong");
        simulator.close();
        assertEquals(1000, client.awaitClose());
        simulator.close();
        assertEquals(0, simulator.stats().connections());
        assertEquals(1, simulator.stats().accepted());
        assertEquals(Optional.empty(), simulator.pem());
    }

    @Test
    void shouldRefuseSettingsThatMakeNoSense() {
        SimulatorConfig config = SimulatorConfig.of(MODEL);
        assertThrows(IllegalArgumentException.class, () -> config.withPort(70_000));
        assertThrows(IllegalArgumentException.class, () -> config.withDuration(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> new Mix(0, 0, 0, 0, 0, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new Cadence(0, 1, 1, 1));
        for (String rate : List.of("0", "-1", "NaN", "fast", "")) {
            assertThrows(IllegalArgumentException.class, () -> Pace.parse(rate), rate);
        }
        for (String speed : List.of("0x", "-1x", "quick", "x", "")) {
            assertThrows(IllegalArgumentException.class, () -> Recording.parseSpeed(speed), speed);
        }
        assertEquals(Pace.rate(250), Pace.parse("250"));
        assertEquals(10, Recording.parseSpeed("10x"));
    }
}
