package dev.millrace.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.market.Subscription;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingFileTest {

    private static final String BARE =
            "{\"channel\":\"bbo\",\"data\":{\"coin\":\"A\\\"}B\",\"time\":1,\"bbo\":[null,null]}}";
    private static final String LINES = BARE + "\n1742428800156187511 " + BARE + "\n\n7\t" + BARE
            + "\n{\"time\":\"2025-01-01T00:00:02.000000009\",\"ver_num\":1,\"raw\":" + BARE + "}\nplain text";

    @TempDir
    private Path folder;

    @Test
    void shouldReadEveryLineFormOutOfEveryCompression() throws IOException {
        Path plain = Files.writeString(folder.resolve("a.jsonl"), LINES);
        Path gz = folder.resolve("a.jsonl.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gz))) {
            out.write(LINES.getBytes(StandardCharsets.UTF_8));
        }
        Path lz4 = folder.resolve("a.lz4");
        try (OutputStream out = new LZ4FrameOutputStream(Files.newOutputStream(lz4))) {
            out.write(LINES.getBytes(StandardCharsets.UTF_8));
        }
        for (Path file : List.of(plain, gz, lz4)) {
            assertEquals(
                    List.of(
                            "0 " + BARE,
                            "1742428800156187511 " + BARE,
                            "7 " + BARE,
                            "1735689602000000009 " + BARE,
                            "0 plain text"),
                    read(file));
        }
    }

    @Test
    void shouldNameTheLineThatIsNoRecording() throws IOException {
        Path file = Files.writeString(folder.resolve("bad"), BARE + "\n12345\n");
        IOException refused = assertThrows(IOException.class, () -> read(file));
        assertTrue(refused.getMessage().contains("line 2"), refused.getMessage());
        assertThrows(IOException.class, () -> RecordingFile.of(folder.resolve("absent")));
        Path notLz4 = Files.writeString(folder.resolve("bad.lz4"), BARE);
        assertTrue(
                assertThrows(IOException.class, () -> read(notLz4)).getMessage().contains("bad.lz4"));
    }

    @Test
    void shouldRouteFramesWhateverTheOrderOfTheirKeys() {
        assertEquals(
                Optional.of(new FrameRoute(Subscription.candle("AAVE", "1m"), 0)),
                route("{\"data\":{\"T\":2,\"c\":\"1.0\",\"i\":\"1m\",\"n\":1,\"s\":\"AAVE\"},\"channel\":\"candle\"}"));
        assertEquals(
                Optional.of(new FrameRoute(Subscription.trades("BTC"), 2)),
                route(
                        "{ \"channel\" : \"trades\" , \"data\" : [ {\"px\":\"1\",\"coin\":\"BTC\"} , {\"coin\":\"BTC\"} ] }"));
        assertEquals(
                Optional.of(new FrameRoute(Subscription.book("BTC", true), 0)),
                route(
                        "{\"channel\":\"l2Book\",\"data\":{\"levels\":[[{\"px\":\"1\"}],[]],\"fast\":true,\"coin\":\"BTC\"}}"));
        assertEquals(
                Optional.of(new FrameRoute(Subscription.allMids("xyz"), 0)),
                route("{\"channel\":\"allMids\",\"data\":{\"mids\":{\"xyz:A\":\"1.0\"},\"dex\":\"xyz\"}}"));
        for (String none : List.of(
                "{\"channel\":\"pong\"}",
                "plain text",
                "",
                "{\"channel\":\"trades\",\"data\":[",
                "{\"channel\":\"trades\",\"data\":[]}",
                "{\"channel\":\"error\",\"data\":\"trades\"}",
                "{",
                "\"")) {
            assertEquals(Optional.empty(), route(none), none);
        }
    }

    /** Every cut of a frame ends, and belongs to the frame's subscription or to none that exists. */
    @Test
    void shouldEndOnTruncatedFrames() {
        String frame =
                "{\"channel\":\"l2Book\",\"data\":{\"coin\":\"BTC\",\"levels\":[[{\"px\":\"1\\\\\"}],[]],\"fast\":true}}";
        for (int i = 0; i < frame.length(); i++) {
            route(frame.substring(0, i))
                    .ifPresent(route ->
                            assertTrue("BTC".startsWith(route.subscription().coin())));
        }
    }

    @Test
    void shouldFindTheCoinsOfARecordingWithTheirDecimals() throws IOException {
        Path file = Files.writeString(folder.resolve("coins"), """
                {"channel":"trades","data":[{"coin":"NEW","sz":"40.0"},{"coin":"NEW","sz":"0.120"}]}
                {"channel":"bbo","data":{"coin":"BTC","bbo":[null,null]}}
                """);
        List<SimulatedCoin> coins = RecordedCoins.of(RecordingFile.of(file));
        assertEquals(
                List.of("BTC", "NEW"), coins.stream().map(SimulatedCoin::name).toList());
        assertEquals(
                List.of(5, 2), coins.stream().map(SimulatedCoin::sizeDecimals).toList());
    }

    @Test
    void shouldReadTheArchivesOwnFileAsItsCopy() throws IOException {
        List<byte[]> packed = Recordings.read(Recordings.hyperliquid("ws/h5i-btc-20260731-live.lz4"));
        List<byte[]> plain = Recordings.read(Recordings.hyperliquid("ws/h5i-btc-20260731-live.jsonl"));
        assertEquals(30, packed.size());
        for (int i = 0; i < 30; i++) {
            assertEquals(text(plain.get(i)), text(packed.get(i)));
            assertTrue(text(packed.get(i)).startsWith("{\"channel\":"));
        }
    }

    private static Optional<FrameRoute> route(String frame) {
        return FrameRoute.of(frame.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static List<String> read(Path file) throws IOException {
        List<String> read = new ArrayList<>();
        try (RecordedFrames frames = RecordingFile.of(file).open()) {
            for (Optional<RecordedFrame> frame = frames.next(); frame.isPresent(); frame = frames.next()) {
                read.add(frame.get().receiveNs() + " " + text(frame.get().bytes()));
            }
        }
        return read;
    }
}
