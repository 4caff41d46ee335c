package dev.millrace.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.Recordings;
import dev.millrace.Waiting;
import dev.millrace.market.EventSink;
import dev.millrace.market.Lifecycle;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every message arrives byte for byte and in order, whatever its form and however slow the engine. */
class FeedDeliveryTest {

    private final LoopbackVenue venue = LoopbackVenue.start();
    private final FeedSetup setup = new FeedSetup(venue.url());
    private final RecordingSink sink = new RecordingSink();

    @AfterEach
    void closeVenue() {
        venue.close();
    }

    @Test
    void shouldDeliverTextBinaryFragmentedAndPlainTextInOrder() throws InterruptedException {
        long seed = 1;
        Random random = new Random(seed);
        List<byte[]> sent = randomMessages(random, 2_000);
        try (FeedClient client = setup.start(sink)) {
            send(venue.nextPeer(), sent, random);
            assertDelivered(sent, seed);
            assertEquals(FeedStatus.State.CONNECTED, client.status().state());
        }
        assertEquals(sent.size(), setup.counters.value("feed.frames"));
        assertEquals(sent.stream().mapToLong(bytes -> bytes.length).sum(), setup.counters.value("feed.bytes"));
    }

    @Test
    void shouldDeliverEveryRecordedFrame() throws IOException, InterruptedException {
        Path folder = Recordings.folder().resolve("hyperliquid/ws");
        List<byte[]> recorded = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> !f.toString().endsWith(".lz4")).toList()) {
                Files.readAllLines(file).forEach(line -> recorded.add(line.getBytes(UTF_8)));
            }
        }
        try (FeedClient client = setup.start(sink)) {
            VenuePeer peer = venue.nextPeer();
            recorded.forEach(peer::text);
            assertDelivered(recorded, 0);
            assertEquals(1, client.status().connection());
        }
    }

    @Test
    void shouldDeliverMessagesOf16MiBWholeOrInPieces() throws InterruptedException {
        byte[] largest = new byte[EventSink.MAX_PAYLOAD];
        new Random(3).nextBytes(largest);
        try (FeedClient client = setup.start(sink)) {
            VenuePeer peer = venue.nextPeer();
            peer.binary(largest);
            peer.fragments(largest, 1_000_003);
            assertDelivered(List.of(largest, largest), 3);
            assertEquals(1, client.status().connection());
        }
    }

    @Test
    void shouldCloseTheConnectionOnOneByteMoreAndSayWhy() throws InterruptedException {
        byte[] tooLong = new byte[EventSink.MAX_PAYLOAD + 1];
        try (FeedClient client = setup.start(sink)) {
            VenuePeer whole = venue.nextPeer();
            whole.text("before");
            whole.binary(tooLong);
            venue.nextPeer().fragments(tooLong, 1 << 20);
            List<RecordingSink.Taken> lost = sink.await("two losses", 2, one -> one.is(Lifecycle.LOST));
            for (RecordingSink.Taken loss : lost) {
                assertTrue(loss.text().startsWith("lost message too long: "), loss.text());
                assertTrue(loss.text().contains("16777216"), loss.text());
            }
            assertEquals(
                    List.of("before"),
                    sink.frames().stream().map(RecordingSink.Taken::text).toList());
            assertTrue(client.status().lastReason().startsWith("message too long"));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldTellOfAFailureOnTheWayIntoTheSinkAndCloseAllTheSame(boolean whileWaiting) throws Exception {
        IllegalStateException bug = new IllegalStateException("a bug");
        AtomicBoolean broken = new AtomicBoolean();
        EventSink breaking = new EventSink() {
            @Override
            public MarketEvent tryClaim(int length) {
                if (broken.get()) {
                    throw bug;
                }
                return sink.tryClaim(length);
            }

            @Override
            public void publish(MarketEvent event) {
                sink.publish(event);
            }
        };
        try (FeedClient client = setup.start(breaking)) {
            VenuePeer peer = venue.nextPeer();
            sink.await("the connection", one -> one.is(Lifecycle.CONNECTED));
            if (whileWaiting) {
                sink.room(0);
                peer.text("one");
                sink.awaitRefusal();
            }
            broken.set(true);
            peer.text("two");
            assertEquals(bug, client.failure().get(Waiting.PATIENCE_S, TimeUnit.SECONDS));
        }
        assertEquals(List.of(), sink.frames());
    }

    @Test
    void shouldStopReadingWhileTheSinkIsFullAndLoseNothing() throws InterruptedException {
        long seed = 11;
        Random random = new Random(seed);
        List<byte[]> sent = new ArrayList<>();
        for (int i = 0; i < 12_000; i++) {
            sent.add(message(random, 3_000));
        }
        sink.room(2 + 100);
        try (FeedClient client = setup.start(sink)) {
            VenuePeer peer = venue.nextPeer();
            sent.forEach(peer::text);
            for (int round = 0; round < 20; round++) {
                sink.awaitRefusal();
                sink.room(random.nextInt(200));
            }
            sink.awaitRefusal();
            assertTrue(!peer.isWritable(), "18 MB were swallowed although nobody took them");
            sink.room(Long.MAX_VALUE);
            assertDelivered(sent, seed);
            assertEquals(1, client.status().connection());
        }
        assertTrue(setup.counters.value("feed.ring-full") >= 1);
        assertTrue(setup.counters.value("feed.ring-full-ns") >= 20_000_000, "20 retries of 1 ms at least");
    }

    @Test
    void shouldPutLostBehindTheLastFrameAndBeforeTheNextConnection() throws InterruptedException {
        sink.room(3);
        try (FeedClient client = setup.start(sink)) {
            VenuePeer first = venue.nextPeer();
            for (int i = 0; i < 100; i++) {
                first.text("first " + i);
            }
            first.drop();
            sink.awaitRefusal();
            sink.room(Long.MAX_VALUE);
            VenuePeer second = venue.nextPeer();
            second.text("second");
            sink.await("the second connection's frame", one -> one.text().equals("second"));
            assertEquals(2, client.status().connection());
        }
        List<String> order = sink.all().stream()
                .map(one -> one.connection() + " " + one.text().split(" ", 2)[0])
                .distinct()
                .toList();
        assertEquals(
                List.of(
                        "1 connecting",
                        "1 connected",
                        "1 first",
                        "1 lost",
                        "2 connecting",
                        "2 connected",
                        "2 second",
                        "2 lost"),
                order);
        assertEquals(101, sink.frames().size());
    }

    @Test
    void shouldStampEachMessageWithATimeOfItsReadNeverGoingBack() throws InterruptedException {
        try (FeedClient client = setup.start(sink)) {
            VenuePeer peer = venue.nextPeer();
            for (int i = 0; i < 1_000; i++) {
                peer.text("message " + i);
            }
            sink.await("all messages", 1_000, one -> one.kind() == RecordKind.FRAME);
            assertEquals(1, client.status().connection());
        }
        List<RecordingSink.Taken> frames = sink.frames();
        for (int i = 1; i < frames.size(); i++) {
            assertTrue(frames.get(i).receiveNs() >= frames.get(i - 1).receiveNs());
        }
        assertTrue(frames.get(0).receiveNs() > 1_000);
    }

    @Test
    void shouldHandOverWhatWasReadBeforeItWasClosed() throws InterruptedException {
        sink.room(2 + 1);
        FeedClient client = setup.start(sink);
        VenuePeer peer = venue.nextPeer();
        peer.text("one");
        peer.text("two");
        sink.awaitRefusal();
        Thread closing = new Thread(client::close, "closing");
        closing.start();
        sink.awaitRefusal();
        sink.room(Long.MAX_VALUE);
        closing.join(10_000);
        List<String> tail =
                sink.all().stream().skip(2).map(RecordingSink.Taken::text).toList();
        assertEquals(List.of("one", "two", "lost the feed was closed"), tail);
    }

    private void assertDelivered(List<byte[]> sent, long seed) throws InterruptedException {
        sink.await(sent.size() + " frames (seed " + seed + ")", sent.size(), one -> one.kind() == RecordKind.FRAME);
        List<RecordingSink.Taken> frames = sink.frames();
        assertEquals(sent.size(), frames.size());
        for (int i = 0; i < sent.size(); i++) {
            int index = i;
            assertEquals(
                    ByteBuffer.wrap(sent.get(i)),
                    frames.get(i).payload(),
                    () -> "message " + index + " differs, seed " + seed);
        }
    }

    private static List<byte[]> randomMessages(Random random, int count) {
        List<byte[]> messages = new ArrayList<>();
        messages.add("Websocket connection established.".getBytes(UTF_8));
        messages.add(new byte[0]);
        while (messages.size() < count) {
            messages.add(message(random, random.nextInt(20) == 0 ? 200_000 : 2_000));
        }
        return messages;
    }

    /** Any bytes, mostly not UTF-8. */
    private static byte[] message(Random random, int limit) {
        byte[] bytes = new byte[1 + random.nextInt(limit)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static void send(VenuePeer peer, List<byte[]> messages, Random random) {
        for (byte[] message : messages) {
            switch (random.nextInt(3)) {
                case 0 -> peer.binary(message);
                case 1 -> peer.fragments(message, 1 + message.length / (1 + random.nextInt(8)));
                default -> peer.text(message);
            }
        }
    }
}
