package dev.millrace.codec.hyperliquid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.market.Channel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every recorded message against Jackson; {@link GeneratedFramesTest} is the twin that runs everywhere. */
class RecordedFramesTest {

    @Test
    void shouldDecodeEveryRecordedMessageAsJacksonReadsIt() throws IOException {
        assertTrue(decodeFolder("hyperliquid/ws") > 90);
    }

    @Test
    void shouldDecodeEveryArchivedBookAsJacksonReadsIt() throws IOException {
        assertEquals(12, decodeFolder("hyperliquid/s3-archive"));
    }

    private static int decodeFolder(String name) throws IOException {
        int messages = 0;
        for (Path file : RecordedFiles.of(name)) {
            if (!file.toString().contains(".csv")) {
                messages += decodeFile(file);
            }
        }
        return messages;
    }

    private static int decodeFile(Path file) throws IOException {
        Fixture fixture = new Fixture();
        List<String> frames = RecordedFiles.frames(file);
        Map<Channel, Integer> counts = new EnumMap<>(Channel.class);
        int trades = 0;
        int refused = 0;
        for (String frame : frames) {
            Outcome outcome = fixture.decodeAndCompare(frame.getBytes(StandardCharsets.UTF_8), file.getFileName() + "");
            counts.merge(outcome.channel(), 1, Integer::sum);
            trades += fixture.frame.trades.count;
            refused += outcome.refused();
        }
        System.out.printf(
                "%-46s %3d messages, %3d trades, %d refused %s%n",
                file.getFileName(), frames.size(), trades, refused, counts);
        assertEquals(expectedRefusals(frames), refused, "the venue's own messages are fit: " + file);
        return frames.size();
    }

    /** A mid of two prices with 8 decimals can have 9. */
    private static long expectedRefusals(List<String> frames) {
        return frames.stream()
                .filter(frame -> frame.startsWith("{\"channel\":\"allMids\""))
                .flatMap(frame -> Stream.of(frame.split(",")))
                .filter(entry -> entry.matches(".*\\.[0-9]{9,}\"}*"))
                .count();
    }
}
