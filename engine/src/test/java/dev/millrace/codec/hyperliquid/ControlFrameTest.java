package dev.millrace.codec.hyperliquid;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.Recordings;
import dev.millrace.codec.hyperliquid.ControlFrame.Kind;
import dev.millrace.market.Subscription;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ControlFrameTest {

    private static final String ACK =
            "{\"channel\":\"subscriptionResponse\",\"data\":{\"method\":\"subscribe\",\"subscription\":"
                    + "{\"type\":\"l2Book\",\"coin\":\"BTC\",\"nSigFigs\":null,\"mantissa\":null,\"fast\":false}}}";

    private final ControlFrame frame = new ControlFrame();

    @Test
    void shouldReadAnAcknowledgement() {
        assertEquals(Kind.SUBSCRIBED, read(ACK));
        assertEquals(Optional.of(Subscription.book("BTC", false)), frame.subscription());
    }

    @Test
    void shouldReadTheEndOfASubscription() {
        assertEquals(Kind.UNSUBSCRIBED, read(ACK.replace("\"subscribe\"", "\"unsubscribe\"")));
        assertEquals(Optional.of(Subscription.book("BTC", false)), frame.subscription());
    }

    @Test
    void shouldNotTakeAlreadySubscribedForAnAcknowledgement() {
        assertEquals(
                Kind.ALREADY_SUBSCRIBED,
                read("{\"channel\":\"error\",\"data\":\"Already subscribed: {\\\"type\\\":\\\"l2Book\\\",\\\"coin\\\":"
                        + "\\\"SOL\\\",\\\"nSigFigs\\\":null,\\\"mantissa\\\":null,\\\"fast\\\":false}\"}"));
        assertEquals(Optional.of(Subscription.book("SOL", false)), frame.subscription());
    }

    @Test
    void shouldReadAnErrorWithoutKeepingTheFrameBeforeIt() {
        read(ACK);
        assertEquals(Kind.ERROR, read("{\"channel\":\"error\",\"data\":\"Error parsing \\\"x\\\"\"}"));
        assertEquals("Error parsing \"x\"", frame.text());
        assertEquals(Optional.empty(), frame.subscription());
    }

    @Test
    void shouldReadAPong() {
        assertEquals(Kind.PONG, read("{\"channel\":\"pong\"}"));
    }

    @Test
    void shouldFindTheChannelBehindTheDataAndBehindSpaces() {
        assertEquals(
                Kind.SUBSCRIBED,
                read("{\"data\":{\"method\":\"subscribe\",\"channel\":\"trades\",\"subscription\":{\"coin\":\"BTC\","
                        + "\"type\":\"trades\"}},\"channel\":\"subscriptionResponse\"}"));
        assertEquals(Optional.of(Subscription.trades("BTC")), frame.subscription());
        assertEquals(Kind.PONG, read("\n { \"channel\" : \"pong\" }"));
        assertEquals(Kind.DATA, read("{\"data\":{\"channel\":\"error\"},\"channel\":\"trades\"}"));
    }

    @Test
    void shouldLeaveEverythingElseToTheDecoder() {
        for (String text : List.of(
                "",
                "{",
                "{}",
                "[]",
                "null",
                "Websocket connection established.",
                "{\"channel\":null}",
                "{\"channel\":7,\"data\":1}",
                "{\"channel\":\"post\",\"data\":{}}",
                "{\"channel\":\"p",
                "{\"channel\":\"errors\",\"data\":\"x\"}",
                "{\"channel\":\"subscriptionResponses\"}",
                "{\"data\":",
                "{\"a\":1,}")) {
            assertEquals(Kind.DATA, read(text), text);
        }
    }

    @Test
    void shouldCallABrokenAcknowledgementAnError() {
        assertEquals(Kind.ERROR, read(ACK.substring(0, ACK.length() - 3)));
        assertTrue(frame.text().startsWith("not JSON: {\"channel\""), frame.text());
    }

    @Test
    void shouldSurviveAnyTruncationAndAnyChangedByte() {
        long seed = 42;
        Random random = new Random(seed);
        byte[] whole = ACK.getBytes(UTF_8);
        for (int length = 0; length < whole.length; length++) {
            frame.read(whole, length);
        }
        for (int round = 0; round < 20_000; round++) {
            byte[] changed = whole.clone();
            changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            frame.read(changed, changed.length);
        }
    }

    @Test
    void shouldNotAllocateForData() {
        byte[][] frames = Stream.of(
                        "{\"channel\":\"trades\",\"data\":[{\"coin\":\"BTC\",\"side\":\"B\",\"px\":\"105055.0\"}]}",
                        "{\"channel\":\"post\",\"data\":{}}",
                        "{\"data\":{\"coin\":\"BTC\",\"levels\":[[],[]]},\"channel\":\"l2Book\"}")
                .map(text -> text.getBytes(UTF_8))
                .toArray(byte[][]::new);
        assertTrue(readAll(frames, 20_000));
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        boolean allData = readAll(frames, 20_000);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allData);
        assertTrue(allocated < 1_000, "60,000 frames allocated " + allocated + " bytes");
    }

    @Test
    void shouldTellControlFromDataInEveryRecordedFrame() throws IOException {
        Path folder = Recordings.folder().resolve("hyperliquid/ws");
        int acks = 0;
        int errors = 0;
        int pongs = 0;
        List<String> lines = frames(folder);
        for (String line : lines) {
            Kind kind = read(line);
            assertEquals(expected(line), kind, line);
            boolean asked = kind == Kind.SUBSCRIBED;
            assertEquals(asked, asked && frame.subscription().isPresent(), line);
            acks += asked ? 1 : 0;
            errors += kind == Kind.ERROR ? 1 : 0;
            pongs += kind == Kind.PONG ? 1 : 0;
        }
        System.out.printf(
                "control frames recorded: %d of %d (%d acks, %d errors, %d pongs)%n",
                acks + errors + pongs, lines.size(), acks, errors, pongs);
        assertTrue(acks > 5 && errors > 1 && pongs > 0);
    }

    private static Kind expected(String line) {
        if (line.contains("\"channel\":\"subscriptionResponse\"")) {
            return line.contains("\"unsubscribe\"") ? Kind.UNSUBSCRIBED : Kind.SUBSCRIBED;
        }
        if (line.contains("\"channel\":\"error\"")) {
            return line.contains("Already subscribed") ? Kind.ALREADY_SUBSCRIBED : Kind.ERROR;
        }
        return line.contains("\"channel\":\"pong\"") ? Kind.PONG : Kind.DATA;
    }

    private static List<String> frames(Path folder) throws IOException {
        List<String> frames = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> !f.toString().endsWith(".lz4")).toList()) {
                for (String line : Files.readAllLines(file)) {
                    frames.add(line.replaceFirst("^[0-9]+ (?=\\{)", ""));
                }
            }
        }
        return frames;
    }

    /** The venue's frames are whole; what is not is for the decoder to count, never an exception on the feed's thread. */
    @Test
    void shouldReadAControlFrameThatIsCutAnywhere() {
        String error = "{\"channel\":\"error\",\"data\":\"Invalid \\u0042\\\\ \u65e5\"}";
        for (int length = error.indexOf("data"); length < error.length(); length++) {
            assertEquals(Kind.ERROR, read(error.substring(0, length)));
        }
        assertEquals(Kind.DATA, read("{\"data\":1,\"ch\\u0061"));
    }

    private boolean readAll(byte[][] frames, int rounds) {
        boolean allData = true;
        for (int round = 0; round < rounds; round++) {
            for (byte[] bytes : frames) {
                allData &= frame.read(bytes, bytes.length) == Kind.DATA;
            }
        }
        return allData;
    }

    private Kind read(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return frame.read(bytes, bytes.length);
    }
}
