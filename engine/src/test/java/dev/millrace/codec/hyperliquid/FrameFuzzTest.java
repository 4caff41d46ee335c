package dev.millrace.codec.hyperliquid;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.millrace.FuzzInputs;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes as a frame: what the decoder makes of them is what Jackson makes of them under the same rules. Guided by the
 * branches of the decoder, beginning with the recorded frames; {@link MutatedFramesTest} is the seeded twin.
 */
class FrameFuzzTest {

    private static final int FRAMES_PER_FIXTURE = 5_000;

    private static Fixture fixture = new Fixture();
    private static int frames;

    @Test
    void shouldAgreeWithJacksonOnSeedsAndKeptInputs() throws IOException {
        seeds().forEach(FrameFuzzTest::check);
        FuzzInputs.kept(FrameFuzzTest.class).forEach(FrameFuzzTest::check);
    }

    @Tag("fuzz")
    @MethodSource("seeds")
    @FuzzTest
    void shouldAgreeWithJackson(byte[] frame) {
        check(frame);
    }

    static Stream<byte[]> seeds() throws IOException {
        return FrameKinds.read().byKind().values().stream()
                .flatMap(seeds -> seeds.stream().limit(20))
                .flatMap(seed -> Stream.of(seed, seed.shortened()))
                .map(FrameMutator.Seed::bytes);
    }

    private static void check(byte[] frame) {
        if (frame == null) {
            return; // Jazzer's first try
        }
        if (++frames % FRAMES_PER_FIXTURE == 0) {
            fixture = new Fixture(); // each invented name takes room for good
        }
        fixture.decodeAndCompare(frame, "fuzzed");
    }
}
