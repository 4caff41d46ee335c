package dev.millrace.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.Waiting;
import dev.millrace.codec.hyperliquid.SubscriptionText;
import dev.millrace.config.LanesConfig.Redundancy;
import dev.millrace.feed.FeedStatus.State;
import dev.millrace.market.Lifecycle;
import dev.millrace.market.Subscription;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several connections of one feed: spread, doubled, replaced, tried apart. */
class LanesTest {

    private final LoopbackVenue venue = LoopbackVenue.start();
    private final FeedSetup setup = new FeedSetup(venue.url());
    private final RecordingSink sink = new RecordingSink();

    @AfterEach
    void closeVenue() {
        venue.close();
    }

    @Test
    void shouldSpreadSubscriptionsOverThreeConnectionsAndReconnectOneAlone() throws InterruptedException {
        setup.subscriptions = trades(6);
        setup.perConnection = 2;
        try (FeedClient client = setup.start(sink)) {
            List<VenuePeer> peers = List.of(venue.nextPeer(), venue.nextPeer(), venue.nextPeer());
            Set<String> asked = new HashSet<>();
            for (VenuePeer peer : peers) {
                asked.add(peer.nextRequest());
                asked.add(peer.nextRequest());
            }
            assertEquals(new HashSet<>(requests(trades(6))), asked);
            FeedStatus status = await(client, s -> s.acknowledged() == 6);
            assertEquals(3, status.lanes().size());
            assertEquals(State.CONNECTED, status.state());
            peers.get(1).close(1000, "only this one");
            VenuePeer again = venue.nextPeer();
            again.nextRequest();
            again.nextRequest();
            status = await(client, s -> s.acknowledged() == 6 && s.connection() == 4);
            assertEquals(1, status.reconnects());
            assertEquals(1, setup.counters.value("feed.lost"));
        }
    }

    @Test
    void shouldFindTheWrongNameAmongTenAndKeepTheOthers() throws InterruptedException {
        List<Subscription> asked = new ArrayList<>(trades(10));
        Subscription wrong = Subscription.trades("btc");
        asked.set(7, wrong);
        setup.subscriptions = asked;
        closeOn(wrong);
        try (FeedClient client = setup.start(sink)) {
            FeedStatus status =
                    await(client, s -> s.acknowledged() == 9 && !s.quarantined().isEmpty());
            assertEquals(List.of(wrong), status.quarantined());
            assertEquals(List.of(), status.suspects());
            assertEquals(10, status.asked());
            assertEquals(State.CONNECTED, status.state());
            assertEquals(1, setup.counters.value("feed.quarantined"));
            assertEquals(1, setup.counters.value("feed.quarantines"));
            client.retire(List.of(wrong));
            assertEquals(9, client.status().asked());
            assertEquals(List.of(), client.status().quarantined());
        }
    }

    @Test
    void shouldTryAgainWhatIsQuarantinedAndTakeItBackOnceItIsHarmless() throws InterruptedException {
        Subscription listedLater = Subscription.trades("NEW");
        setup.subscriptions = List.of(Subscription.trades("BTC"), listedLater);
        setup.quarantineRetry = Duration.ofMillis(50);
        closeOn(listedLater);
        try (FeedClient client = setup.start(sink)) {
            await(client, s -> s.quarantined().equals(List.of(listedLater)));
            venue.answer(LoopbackVenue::usualAnswer);
            FeedStatus status = await(client, s -> s.acknowledged() == 2);
            assertEquals(List.of(), status.quarantined());
            assertEquals(0, setup.counters.value("feed.quarantined"));
        }
    }

    @Test
    void shouldNotQuarantineWhatWasAskedForWhenASocketClosedOnce() throws InterruptedException {
        setup.subscriptions = trades(3);
        venue.answer(text -> List.of());
        try (FeedClient client = setup.start(sink)) {
            VenuePeer first = venue.nextPeer();
            for (int i = 0; i < 3; i++) {
                first.nextRequest();
            }
            venue.answer(LoopbackVenue::usualAnswer);
            first.drop();
            await(client, s -> s.acknowledged() == 3 && s.suspects().isEmpty());
            assertEquals(0, setup.counters.value("feed.quarantines"));
            assertEquals(1, setup.counters.value("feed.trials"));
        }
    }

    @Test
    void shouldReplaceAConnectionOnlyOnceTheNextDelivers() throws InterruptedException {
        setup.subscriptions = List.of(Subscription.trades("BTC"), Subscription.bbo("BTC"));
        try (FeedClient client = setup.start(sink)) {
            venue.nextPeer();
            await(client, s -> s.acknowledged() == 2);
            client.replace(1, 0);
            client.replace(1, 0);
            VenuePeer next = venue.nextPeer();
            next.nextRequest();
            next.nextRequest();
            FeedStatus waiting = await(client, s -> s.lanes().get(0).replacing());
            assertEquals(1, waiting.lanes().get(0).connection());
            assertFalse(sink.all().stream().anyMatch(one -> one.is(Lifecycle.LOST)), "the old one goes on");
            next.text(
                    "{\"channel\":\"trades\",\"data\":[{\"coin\":\"BTC\",\"side\":\"B\",\"px\":\"1.0\",\"sz\":\"1.0\","
                            + "\"time\":1700000000000,\"hash\":\"0x0\",\"tid\":1,\"users\":[\"0x1\",\"0x2\"]}]}");
            assertEquals(
                    "lost replaced by connection 2",
                    sink.await("the old one's end", one -> one.is(Lifecycle.LOST))
                            .text());
            FeedStatus status = await(client, s -> s.lanes().get(0).connection() == 2);
            assertEquals(2, status.acknowledged());
            assertEquals(1, setup.counters.value("feed.replacements"));
            assertEquals(0, setup.counters.value("feed.lost"));
        }
    }

    @Test
    void shouldGoOnWithTheOldConnectionUntilAReplacementSucceeds() throws InterruptedException {
        setup.subscriptions = List.of(Subscription.bbo("BTC"));
        try (FeedClient client = setup.start(sink)) {
            VenuePeer old = venue.nextPeer();
            await(client, s -> s.acknowledged() == 1);
            client.replace(1, 0);
            venue.nextPeer().close(1000, "not now");
            venue.nextPeer();
            old.text("still here");
            sink.await("the old one's frame", one -> one.text().equals("still here"));
            await(client, s -> s.lanes().get(0).connection() == 3);
        }
    }

    @Test
    void shouldSubscribeAnewOnTheSameConnection() throws InterruptedException {
        Subscription trades = Subscription.trades("BTC");
        setup.subscriptions = List.of(trades);
        venue.answer(text -> List.of("{\"channel\":\"subscriptionResponse\",\"data\":" + text + "}"));
        try (FeedClient client = setup.start(sink)) {
            VenuePeer peer = venue.nextPeer();
            peer.nextRequest();
            await(client, s -> s.acknowledged() == 1);
            client.resubscribe(7, trades); // no such connection
            client.resubscribe(1, Subscription.trades("ETH")); // nothing that it holds
            client.resubscribe(1, trades);
            assertEquals(new String(SubscriptionText.unsubscribe(trades), StandardCharsets.UTF_8), peer.nextRequest());
            assertEquals(requests(List.of(trades)).get(0), peer.nextRequest());
            await(client, s -> s.acknowledged() == 1);
            assertEquals(1, setup.counters.value("feed.resubscribed"));
        }
        assertEquals(0, setup.counters.value("feed.acks-unmatched"));
    }

    @Test
    void shouldStayConnectedWhileOneOfTwoSidesIsCut() throws InterruptedException {
        setup.subscriptions = trades(2);
        setup.redundancy = Redundancy.TRADES;
        setup.minDelay = Duration.ofSeconds(30);
        setup.maxDelay = Duration.ofSeconds(60);
        try (FeedClient client = setup.start(sink)) {
            List<VenuePeer> sides = List.of(venue.nextPeer(), venue.nextPeer());
            await(client, s -> s.lanes().stream().allMatch(lane -> lane.acknowledged() == 2));
            sides.get(0).close(1000, "");
            FeedStatus status = await(client, s -> s.lanes().stream().anyMatch(lane -> lane.state() == State.WAITING));
            assertEquals(State.CONNECTED, status.state());
            assertEquals(2, status.acknowledged());
            assertEquals(2, setup.counters.value("feed.redundant"));
        }
    }

    @Test
    void shouldAddAndRetireSubscriptionsWhileItRuns() throws InterruptedException {
        setup.subscriptions = trades(2);
        setup.perConnection = 2;
        try (FeedClient client = setup.start(sink)) {
            VenuePeer peer = venue.nextPeer();
            await(client, s -> s.acknowledged() == 2);
            client.subscribe(List.of(Subscription.trades("X")));
            VenuePeer second = venue.nextPeer();
            assertEquals(requests(List.of(Subscription.trades("X"))), List.of(second.nextRequest()));
            await(client, s -> s.acknowledged() == 3);
            client.retire(List.of(Subscription.trades("C0")));
            peer.nextRequest();
            peer.nextRequest();
            assertTrue(peer.nextRequest().contains("unsubscribe"));
            FeedStatus status = await(client, s -> s.acknowledged() == 2);
            assertEquals(2, status.asked());
            List<Subscription> tooMany = trades(1_001);
            assertThrows(IllegalArgumentException.class, () -> client.subscribe(tooMany));
            assertEquals(2, client.status().asked());
        }
    }

    @Test
    void shouldWaitForTheVenuesLimitsAndSayIt() throws InterruptedException {
        setup.subscriptions = trades(2);
        setup.limits = new VenueLimits(10, 2, 1_000, 1_000);
        try (FeedClient client = setup.start(sink)) {
            venue.nextPeer().close(1000, "");
            venue.nextPeer().close(1000, "");
            FeedStatus status = await(client, s -> s.lanes().get(0).waiting());
            assertEquals(State.WAITING, status.state());
            assertEquals(2, status.connection(), "no third within the minute");
            assertEquals(1, setup.counters.value("feed.budget-waits"));
        }
    }

    @Test
    void shouldCutNothingForTheSakeOfOneStream() throws InterruptedException {
        setup.subscriptions = trades(4);
        setup.limits = new VenueLimits(3, 100, 6, 1_000);
        try (FeedClient client = setup.start(sink)) {
            await(client, s -> s.acknowledged() == 4);
            client.replaceIfRoom(1);
            client.onThread(() -> {});
            assertEquals(State.CONNECTED, client.status().state(), "six cannot hold four twice");
            client.replace(1, 0);
            await(client, s -> s.connection() == 2 && s.acknowledged() == 4);
        }
        assertEquals(
                List.of("lost replaced: the market asks for it", "lost the feed was closed"),
                sink.all().stream()
                        .filter(one -> one.is(Lifecycle.LOST))
                        .map(RecordingSink.Taken::text)
                        .toList());
    }

    @Test
    void shouldReplaceOneAfterTheOtherWhereThereIsRoomForOne() throws InterruptedException {
        setup.subscriptions =
                List.of(Subscription.bbo("A"), Subscription.bbo("B"), Subscription.bbo("C"), Subscription.bbo("D"));
        setup.perConnection = 2;
        setup.limits = new VenueLimits(10, 100, 6, 1_000);
        try (FeedClient client = setup.start(sink)) {
            await(client, s -> s.acknowledged() == 4);
            int lanes = client.status().lanes().size();
            for (int connection = 1; connection <= lanes; connection++) {
                client.replace(connection, 0);
            }
            await(client, s -> s.lanes().stream().allMatch(lane -> lane.connection() > lanes));
            assertEquals(lanes, setup.counters.value("feed.replacements"));
            assertEquals(0, setup.counters.value("feed.lost"), "none was closed first");
        }
    }

    @Test
    void shouldAskTwiceForWhatHadNoRoomOnceTheLimitsAreWider() throws InterruptedException {
        setup.subscriptions = trades(3);
        setup.redundancy = Redundancy.TRADES;
        setup.limits = new VenueLimits(3, 100, 3, 1_000);
        try (FeedClient client = setup.start(sink)) {
            FeedStatus alone = await(client, s -> s.acknowledged() == 3);
            assertEquals(1, alone.lanes().size());
            client.widen(new VenueLimits(4, 100, 9, 1_000));
            await(client, s -> s.lanes().size() == 2 && s.lanes().get(1).acknowledged() == 3);
            assertEquals(3, setup.counters.value("feed.redundant"));
        }
    }

    private void closeOn(Subscription wrong) {
        String request = requests(List.of(wrong)).get(0);
        venue.answer(text -> text.equals(request) ? LoopbackVenue.DROP : LoopbackVenue.usualAnswer(text));
    }

    private static List<Subscription> trades(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Subscription.trades("C" + i))
                .toList();
    }

    private static List<String> requests(List<Subscription> subscriptions) {
        return subscriptions.stream()
                .map(one -> new String(SubscriptionText.subscribe(one), StandardCharsets.UTF_8))
                .toList();
    }

    private static FeedStatus await(FeedClient client, Predicate<FeedStatus> fits) {
        AtomicReference<FeedStatus> status = new AtomicReference<>();
        Waiting.until(
                "the status",
                () -> {
                    status.set(client.status());
                    return fits.test(status.get());
                },
                status::get);
        return status.get();
    }
}
