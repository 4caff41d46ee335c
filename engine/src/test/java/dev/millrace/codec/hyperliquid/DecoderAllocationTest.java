package dev.millrace.codec.hyperliquid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.millrace.market.Channel;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The hot path allocates nothing once the names are known. */
class DecoderAllocationTest {

    private static final int FRAMES = 2_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NOT_A_MESSAGE")
    void shouldAllocateNothingForAFitFrame(Channel channel) {
        byte[] frame = frameOf(channel);
        assertEquals(0, allocated(frame, channel));
    }

    @ParameterizedTest
    @EnumSource(
            names = {"TRADES", "L2_BOOK", "BBO", "ALL_MIDS", "CANDLE", "ASSET_CONTEXT", "SPOT_ASSET_CONTEXT", "ACK"})
    void shouldAllocateNothingWhenTheDataStandBeforeTheChannel(Channel channel) {
        String text = new String(frameOf(channel), StandardCharsets.UTF_8);
        int data = text.indexOf("\"data\"");
        String turned = "{" + text.substring(data, text.length() - 1) + "," + text.substring(1, data - 1) + "}";
        assertEquals(0, allocated(turned.getBytes(StandardCharsets.UTF_8), channel));
    }

    @ParameterizedTest
    @EnumSource(names = {"TRADES", "L2_BOOK", "BBO", "CANDLE", "ASSET_CONTEXT"})
    void shouldAllocateNothingForARefusedFrame(Channel channel) {
        byte[] frame = new String(frameOf(channel), StandardCharsets.UTF_8)
                .replace("\"coin\":\"", "\"coin\":null,\"new\":\"")
                .replace("\"s\":\"", "\"s\":7,\"new\":\"")
                .getBytes(StandardCharsets.UTF_8);
        assertEquals(0, allocated(frame, channel));
    }

    private static long allocated(byte[] frame, Channel channel) {
        Fixture fixture = new Fixture();
        for (int i = 0; i < FRAMES; i++) {
            fixture.decoder.decode(frame, frame.length, fixture.frame);
        }
        assertEquals(channel, fixture.frame.channel);
        long thread = Thread.currentThread().getId();
        long before = THREADS.getThreadAllocatedBytes(thread);
        long readingItself = THREADS.getThreadAllocatedBytes(thread) - before;
        long least = Long.MAX_VALUE;
        // What a frame costs comes in every round; what the JVM does once, in one.
        for (int round = 0; round < 3; round++) {
            long start = THREADS.getThreadAllocatedBytes(thread);
            for (int i = 0; i < FRAMES; i++) {
                fixture.decoder.decode(frame, frame.length, fixture.frame);
            }
            least = Math.min(least, THREADS.getThreadAllocatedBytes(thread) - start - readingItself);
        }
        assertTrue(fixture.frames(channel) >= 4 * FRAMES);
        return least;
    }

    /** The first generated frame of the channel that has content and only plain names. */
    private static byte[] frameOf(Channel channel) {
        Random random = new Random(5);
        FrameGenerator generator = new FrameGenerator(random);
        Fixture fixture = new Fixture();
        while (true) {
            String text = new JsonWriter(random, true).write(generator.frame());
            Outcome outcome = fixture.decode(text);
            boolean plain = channel == Channel.ALL_MIDS || text.chars().allMatch(c -> c < 0x7F);
            if (outcome.channel() == channel && plain && !outcome.accepted().isEmpty()) {
                String shown = channel == Channel.ALL_MIDS ? text.replace("日本", "SOL") : text;
                return shown.getBytes(StandardCharsets.UTF_8);
            }
        }
    }
}
