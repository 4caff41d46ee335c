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
        FrameMutator mutator = new FrameMutator(random);
        for (int i = 0; i < FRAMES; i++) {
            byte[] bytes = utf8(new JsonWriter(random, i % 2 == 0).write(generator.frame()));
            for (int damage = random.nextInt(3); damage >= 0; damage--) {
                bytes = mutator.damaged(bytes);
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

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
