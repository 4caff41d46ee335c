package dev.millrace.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.Waiting;
import dev.millrace.codec.hyperliquid.SubscriptionText;
import dev.millrace.feed.RecordingSink.Taken;
import dev.millrace.market.Lifecycle;
import dev.millrace.market.RecordKind;
import dev.millrace.market.Subscription;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A connection from subscribing to its loss, and the one after it. */
class FeedLifeTest {

    private static final List<Subscription> ASKED = List.of(
            Subscription.trades("BTC"),
            Subscription.book("BTC", false),
            Subscription.book("BTC", true),
            Subscription.candle("ETH", "1m"),
            Subscription.allMids(""));

    private static final String ALREADY =
            "{\"channel\":\"error\",\"data\":\"Already subscribed: {\\\"coin\\\":\\\"SOL\\\","
                    + "\\\"type\\\":\\\"l2Book\\\",\\\"nSigFigs\\\":null,\\\"mantissa\\\":null,\\\"fast\\\":false}\"}";

    private final LoopbackVenue venue = LoopbackVenue.start();
    private final FeedSetup setup = new FeedSetup(venue.url());
    private final RecordingSink sink = new RecordingSink();

    @AfterEach
    void closeVenue() {
        venue.close();
    }

    @Test
    void shouldSubscribeInOrderAndCountAcknowledgements() throws InterruptedException {
        setup.subscriptions = ASKED;
        try (FeedClient client = setup.start(sink)) {
            VenuePeer peer = venue.nextPeer();
            assertEquals(requests(ASKED), next(peer, ASKED.size()));
            awaitAcks(client);
            assertEquals(ASKED.size(), client.status().asked());
        }
        assertEquals(ASKED.size(), setup.counters.value("feed.acks"));
    }

    @Test
    void shouldReconnectWithANewNumberAndSubscribeAgainAfterAnyKindOfEnd() throws InterruptedException {
        setup.subscriptions = ASKED;
        try (FeedClient client = setup.start(sink)) {
            List<String> reasons = new ArrayList<>();
            for (int round = 0; round < 4; round++) {
                VenuePeer peer = venue.nextPeer();
                assertEquals(requests(ASKED), next(peer, ASKED.size()));
                switch (round) {
                    case 0 -> peer.close(1000, "maintenance");
                    case 1 -> peer.drop();
                    case 2 -> {
                        awaitAcks(client); // what is not answered would be suspect
                        peer.reset();
                    }
                    default -> assertEquals(4, client.status().connection());
                }
            }
            sink.await("three losses", 3, one -> one.is(Lifecycle.LOST)).forEach(one -> reasons.add(one.text()));
            assertEquals("lost closed by the venue, code 1000 maintenance", reasons.get(0));
            assertEquals("lost closed without a word", reasons.get(1));
            assertTrue(reasons.get(2).contains("reset") || reasons.get(2).contains("without a word"), reasons.get(2));
            assertEquals(3, client.status().reconnects());
        }
    }

    @Test
    void shouldHaveAnAcknowledgementAndASnapshotWhereTheVenueLostThem() throws InterruptedException {
        Subscription book = Subscription.book("SOL", false);
        String request = requests(List.of(book)).get(0);
        setup.subscriptions = List.of(book);
        setup.ack = Duration.ofMillis(50);
        AtomicBoolean holds = new AtomicBoolean();
        AtomicBoolean lost = new AtomicBoolean();
        venue.answer(text -> {
            boolean begins = text.equals(request);
            if (begins == holds.get()) {
                return List.of(begins ? ALREADY : "{\"channel\":\"error\",\"data\":\"not held\"}");
            }
            holds.set(begins);
            return lost.getAndSet(true) ? LoopbackVenue.usualAnswer(text) : List.of();
        });
        try (FeedClient client = setup.start(sink)) {
            venue.nextPeer();
            awaitAcks(client);
            List<Taken> frames = sink.await("both", 2, one -> one.kind() == RecordKind.FRAME);
            assertTrue(
                    frames.get(0).text().contains("\"unsubscribe\""),
                    frames.get(0).text());
            assertTrue(
                    frames.get(1).text().contains("\"subscribe\""),
                    frames.get(1).text());
            assertEquals(1, client.status().connection());
        }
        assertEquals(0, setup.counters.value("feed.venue-errors"));
        assertEquals(1, setup.counters.value("feed.acks"));
    }

    @Test
    void shouldNotTakeAlreadySubscribedForAnAcknowledgement() throws InterruptedException {
        setup.subscriptions = List.of(Subscription.book("SOL", false));
        setup.ack = Duration.ofMillis(50);
        AtomicInteger asked = new AtomicInteger();
        venue.answer(text -> asked.getAndIncrement() == 0 ? List.of(ALREADY) : LoopbackVenue.usualAnswer(text));
        try (FeedClient client = setup.start(sink)) {
            VenuePeer peer = venue.nextPeer();
            peer.nextRequest();
            assertTrue(peer.nextRequest().contains("\"unsubscribe\""));
            assertTrue(peer.nextRequest().contains("\"subscribe\""));
            awaitAcks(client);
        }
        assertEquals(0, setup.counters.value("feed.venue-errors"));
        assertEquals(0, setup.counters.value("feed.acks-unmatched"));
    }

    @Test
    void shouldCountErrorsAndAcknowledgementsOfNothing() throws InterruptedException {
        try (FeedClient client = setup.start(sink)) {
            VenuePeer peer = venue.nextPeer();
            peer.text("{\"channel\":\"error\",\"data\":\"Error parsing JSON into valid websocket request: {}\"}");
            peer.text("{\"channel\":\"subscriptionResponse\",\"data\":{\"method\":\"subscribe\",\"subscription\":"
                    + "{\"type\":\"trades\",\"coin\":\"DOGE\"}}}");
            sink.await("both", 2, one -> one.kind() == RecordKind.FRAME);
            awaitStatus(client, status -> status.lastError().startsWith("Error parsing JSON"));
        }
        assertEquals(1, setup.counters.value("feed.venue-errors"));
        assertEquals(1, setup.counters.value("feed.acks-unmatched"));
    }

    @Test
    void shouldPingWhenNothingWasSentAndJournalThePong() throws InterruptedException {
        setup.ping = Duration.ofMillis(50);
        try (FeedClient client = setup.start(sink)) {
            VenuePeer peer = venue.nextPeer();
            assertEquals("{\"method\":\"ping\"}", peer.nextRequest());
            assertEquals("{\"method\":\"ping\"}", peer.nextRequest());
            sink.await("two pongs", 2, one -> one.text().equals("{\"channel\":\"pong\"}"));
            assertEquals(1, client.status().connection());
        }
    }

    @Test
    void shouldReplaceAConnectionThatFellSilent() throws InterruptedException {
        setup.silence = Duration.ofMillis(80);
        try (FeedClient client = setup.start(sink)) {
            venue.nextPeer();
            venue.nextPeer();
            assertEquals(
                    "lost no message for 80 ms",
                    sink.await("a loss", one -> one.is(Lifecycle.LOST)).text());
            assertTrue(client.status().connection() >= 2);
        }
    }

    @Test
    void shouldSayThatNobodyListens() throws InterruptedException {
        int port = venue.port();
        venue.close();
        try (FeedClient client = setup.start(sink)) {
            String reason = sink.await("losses", 3, one -> one.is(Lifecycle.LOST))
                    .get(0)
                    .text();
            assertTrue(reason.startsWith("lost 127.0.0.1:" + port + " cannot be reached: Connection refused"), reason);
            try (LoopbackVenue back = LoopbackVenue.startOn(port)) {
                back.nextPeer().text("again");
                sink.await(
                        "a frame after the venue came back", one -> one.text().equals("again"));
            }
            assertTrue(client.status().reconnects() >= 3);
        }
    }

    @Test
    void shouldSayThatTheHandshakeWasRefused() throws InterruptedException {
        venue.refuseWith(HttpResponseStatus.FORBIDDEN);
        try (FeedClient client = setup.start(sink)) {
            assertEquals(
                    "lost " + venue.url() + " refused the WebSocket handshake: HTTP 403 Forbidden",
                    sink.await("a loss", one -> one.is(Lifecycle.LOST)).text());
            venue.refuseWith(null);
            venue.nextPeer();
            assertTrue(client.status().connection() >= 2);
        }
    }

    @Test
    void shouldGiveUpAVenueThatNeverAnswersTheHandshake() throws IOException, InterruptedException {
        try (ServerSocket deaf = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            FeedSetup toDeaf = new FeedSetup(URI.create("ws://127.0.0.1:" + deaf.getLocalPort() + "/ws"));
            toDeaf.connect = Duration.ofMillis(60);
            try (FeedClient client = toDeaf.start(sink)) {
                assertEquals(
                        "lost no WebSocket connection to " + toDeaf.url + " within 60 ms",
                        sink.await("a loss", one -> one.is(Lifecycle.LOST)).text());
                assertTrue(client.status().connection() >= 1);
            }
        }
    }

    @Test
    void shouldStartAnewInOneJvmButNeverTwice() throws InterruptedException {
        for (int round = 0; round < 3; round++) {
            FeedClient client = setup.start(sink);
            venue.nextPeer();
            assertThrows(IllegalStateException.class, client::start);
            client.close();
            client.close();
            assertEquals(FeedStatus.State.STOPPED, client.status().state());
            assertThrows(IllegalStateException.class, client::start);
        }
        setup.client(sink).close();
        // The executor says that it has terminated on the last lines of its thread.
        Waiting.until(
                "the end of the threads",
                () -> liveThreads().stream().noneMatch(name -> name.startsWith("md-feed")),
                FeedLifeTest::liveThreads);
    }

    @Test
    void shouldSayHowManyMessagesAStuckEngineDidNotTake() throws InterruptedException {
        sink.room(2);
        FeedClient client = setup.start(sink);
        venue.nextPeer().text("one");
        sink.awaitRefusal();
        Thread.currentThread().interrupt();
        IllegalStateException e = assertThrows(IllegalStateException.class, client::close);
        assertTrue(Thread.interrupted());
        assertTrue(e.getMessage().startsWith("feed closed with "), e.getMessage());
    }

    private static void awaitAcks(FeedClient client) {
        awaitStatus(client, status -> status.acknowledged() == status.asked());
    }

    @Test
    void shouldTakeRequestsOfTheMarketAfterItsEndWithoutAWord() {
        setup.subscriptions = ASKED;
        FeedClient client = setup.start(sink);
        client.close();
        client.resubscribe(1, ASKED.get(0));
        client.replace(1, 0);
        assertEquals(FeedStatus.State.STOPPED, client.status().state());
    }

    private static void awaitStatus(FeedClient client, Predicate<FeedStatus> fits) {
        Waiting.until("the status", () -> fits.test(client.status()), client::status);
    }

    private static List<String> requests(List<Subscription> subscriptions) {
        return subscriptions.stream()
                .map(one -> new String(SubscriptionText.subscribe(one), StandardCharsets.UTF_8))
                .toList();
    }

    private static List<String> next(VenuePeer peer, int count) throws InterruptedException {
        List<String> requests = new ArrayList<>();
        while (requests.size() < count) {
            requests.add(peer.nextRequest());
        }
        return requests;
    }

    private static Set<String> liveThreads() {
        Set<String> names = new TreeSet<>();
        Thread.getAllStackTraces().keySet().forEach(thread -> names.add(thread.getName()));
        return names;
    }
}
