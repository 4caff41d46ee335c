package dev.millrace.codec.hyperliquid;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.codec.hyperliquid.FrameMutator.Seed;
import dev.millrace.market.Channel;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Frames of every kind, changed a little, against Jackson under the same rules: the same values, field by field, or both
 * refuse, and then for a reason that is right. What Jackson does not read is never a message. A failing frame is named by
 * its kind and seed.
 */
class MutatedFramesTest {

    /** A longer frame is mostly shortened: a hundred times as long takes a hundred times the time. */
    private static final int LARGE_BYTES = 700;

    private static final int FRAMES_PER_FIXTURE = 5_000;

    @Test
    void shouldAgreeWithJackson() throws IOException {
        new Run(1, 30_000).check();
    }

    /** As many as {@code -Dmillrace.fuzz.frames} says, from the seed that {@code -Dmillrace.fuzz.seed} says. */
    @Test
    @Tag("stress")
    @Tag("stress-codec")
    void shouldAgreeWithJacksonOverManyFrames() throws IOException {
        new Run(Long.getLong("millrace.fuzz.seed", 1_000_000_000L), Long.getLong("millrace.fuzz.frames", 10_000_000L))
                .check();
    }

    private static final class Run {
        private final FrameKinds kinds = FrameKinds.read();
        private final List<String> names = List.copyOf(kinds.byKind().keySet());
        private final Map<String, Tally> tallies = new TreeMap<>();
        private final Map<String, List<Seed>> shortened = new TreeMap<>();
        private final long firstSeed;
        private final long count;
        private Fixture fixture = new Fixture();

        Run(long firstSeed, long count) throws IOException {
            this.firstSeed = firstSeed;
            this.count = count;
        }

        void check() {
            names.forEach(name -> {
                tallies.put(name, new Tally());
                shortened.put(
                        name,
                        kinds.byKind().get(name).stream().map(Seed::shortened).toList());
            });
            long startNs = System.nanoTime();
            for (long i = 0; i < count; i++) {
                if (i % FRAMES_PER_FIXTURE == 0) {
                    fixture = new Fixture(); // each invented name takes room for good
                }
                one(firstSeed + i);
            }
            report((System.nanoTime() - startNs) / 1e9);
            tallies.forEach((name, tally) -> assertTrue(tally.isBoth(), () -> name + ": " + tally));
        }

        private void one(long seed) {
            Random random = new Random(seed);
            String name = names.get(random.nextInt(names.size()));
            List<Seed> seeds = kinds.byKind().get(name);
            int at = random.nextInt(seeds.size());
            boolean whole = random.nextInt(seeds.get(at).text().length()) <= LARGE_BYTES;
            Seed chosen = whole ? seeds.get(at) : shortened.get(name).get(at);
            byte[] frame = new FrameMutator(random).mutated(chosen);
            tallies.get(name).add(fixture.decodeAndCompare(frame, name + ", seed " + seed));
        }

        private void report(double seconds) {
            System.out.printf(
                    "%,d frames from seed %d, %d recorded frames to begin with, %,.0f frames/s%n",
                    count, firstSeed, kinds.recorded(), count / seconds);
            System.out.printf("%-20s %10s %10s %10s %10s%n", "kind", "frames", "read", "refused", "no message");
            tallies.forEach((name, tally) -> System.out.printf("%-20s %s%n", name, tally));
        }
    }

    /** What became of the frames of one kind. */
    private static final class Tally {
        private long frames;
        private long read;
        private long refused;
        private long noMessage;

        void add(Outcome outcome) {
            frames++;
            if (outcome.channel() == Channel.NOT_A_MESSAGE) {
                noMessage++;
            } else if (outcome.refused() > 0) {
                refused++;
            } else {
                read++;
            }
        }

        /** Changes that are never or always noticed would prove nothing. */
        boolean isBoth() {
            return frames == noMessage || (noMessage > 0 && noMessage + refused < frames);
        }

        @Override
        public String toString() {
            return String.format("%,10d %,10d %,10d %,10d", frames, read, refused, noMessage);
        }
    }
}
