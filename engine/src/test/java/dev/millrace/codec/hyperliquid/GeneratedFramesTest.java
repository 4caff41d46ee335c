package dev.millrace.codec.hyperliquid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.market.Channel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Seeded frames of every kind, fit and unfit, against Jackson under the same rules. */
class GeneratedFramesTest {

    private static final int FRAMES = 5_000;
    private static final byte[] JSON_BYTES = utf8("0123456789.-+eE\"\\{}[]:, \tntfAB");

    @Test
    void shouldDecodeFitFramesInEverySpelling() {
        long seed = 1;
        Random random = new Random(seed);
        Fixture fixture = new Fixture();
        FrameGenerator generator = new FrameGenerator(random);
        for (int i = 0; i < FRAMES; i++) {
            Outcome outcome = fixture.decodeAndCompare(
                    utf8(new JsonWriter(random, i % 2 == 0).write(generator.frame())), "seed " + seed + " frame " + i);
            assertEquals(0, outcome.refused());
        }
        for (Channel channel : Channel.values()) {
            boolean expected = channel != Channel.NOT_A_MESSAGE;
            assertEquals(expected, fixture.frames(channel) > 0, () -> "frames of " + channel + ", seed " + seed);
        }
    }

    @Test
    void shouldRefuseWhatJacksonUnderTheSameRulesRefuses() {
        long seed = 2;
        Random random = new Random(seed);
        Fixture fixture = new Fixture();
        FrameGenerator generator = new FrameGenerator(random);
        for (int i = 0; i < FRAMES; i++) {
            Json frame = generator.disturbed(generator.frame());
            fixture.decodeAndCompare(
                    utf8(new JsonWriter(random, i % 2 == 0).write(frame)), "seed " + seed + " frame " + i);
        }
        for (RefusalReason reason : RefusalReason.values()) {
            if (reason != RefusalReason.CROSSED && reason != RefusalReason.UNSORTED) {
                assertTrue(fixture.refused(reason) > 0, () -> "no frame was refused for " + reason);
            }
        }
    }

    @Test
    void shouldAgreeWithJacksonOnDamagedBytes() {
        long seed = 3;
        Random random = new Random(seed);
        Fixture fixture = new Fixture();
        FrameGenerator generator = new FrameGenerator(random);
        for (int i = 0; i < FRAMES; i++) {
            byte[] bytes = utf8(new JsonWriter(random, i % 2 == 0).write(generator.frame()));
            for (int damage = random.nextInt(3); damage >= 0; damage--) {
                bytes = damaged(bytes, random);
            }
            fixture.decodeAndCompare(bytes, "seed " + seed + " frame " + i);
        }
        assertTrue(fixture.frames(Channel.NOT_A_MESSAGE) > FRAMES / 4);
        assertTrue(fixture.frames(Channel.TRADES) > FRAMES / 100);
    }

    @Test
    void shouldAgreeWithJacksonOnEveryTruncation() {
        Fixture fixture = new Fixture();
        Random random = new Random(4);
        FrameGenerator generator = new FrameGenerator(random);
        for (int i = 0; i < 40; i++) {
            byte[] bytes = utf8(new JsonWriter(random, true).write(generator.frame()));
            for (int length = 0; length < bytes.length; length++) {
                Outcome outcome = fixture.decode(Arrays.copyOf(bytes, length));
                assertEquals(Channel.NOT_A_MESSAGE, outcome.channel(), "seed 4 frame " + i + " cut to " + length);
            }
        }
    }

    private static byte[] damaged(byte[] bytes, Random random) {
        if (bytes.length == 0) {
            return bytes;
        }
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(6)) {
            case 0 -> {
                bytes[at] ^= (byte) (1 << random.nextInt(8));
                return bytes;
            }
            case 1 -> {
                bytes[at] = (byte) random.nextInt(256);
                return bytes;
            }
            case 2 -> {
                bytes[at] = JSON_BYTES[random.nextInt(JSON_BYTES.length)];
                return bytes;
            }
            case 3 -> {
                return Arrays.copyOf(bytes, at);
            }
            case 4 -> {
                return spliced(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(8)));
            }
            default -> {
                return spliced(bytes, at, Math.max(0, at - random.nextInt(8)));
            }
        }
    }

    /** The bytes up to {@code at}, followed by those from {@code from}: a cut, or a repetition. */
    private static byte[] spliced(byte[] bytes, int at, int from) {
        byte[] result = Arrays.copyOf(bytes, at + bytes.length - from);
        System.arraycopy(bytes, from, result, at, bytes.length - from);
        return result;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
