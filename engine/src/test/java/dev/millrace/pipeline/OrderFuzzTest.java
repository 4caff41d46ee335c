package dev.millrace.pipeline;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.millrace.FuzzInputs;
import dev.millrace.pipeline.MarketPropertyTest.Life;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes as the dice of a venue's life, with duplicates, late trades, reconnects and stops, through the whole market:
 * windows, coverage, clock and bars are those of the oracle. Guided by their branches; {@link MarketPropertyTest} is the
 * seeded twin.
 */
class OrderFuzzTest {

    @Test
    void shouldAgreeWithTheOracleOnSeedsAndKeptInputs() {
        seeds().forEach(dice -> new Life(new FuzzedRandom(dice)).check());
        FuzzInputs.kept(OrderFuzzTest.class).forEach(dice -> new Life(new FuzzedRandom(dice)).check());
    }

    @Tag("fuzz")
    @MethodSource("seeds")
    @FuzzTest
    void shouldAgreeWithTheOracle(byte[] dice) {
        if (dice != null) { // null is Jazzer's first try
            new Life(new FuzzedRandom(dice)).check();
        }
    }

    static Stream<byte[]> seeds() {
        Random random = new Random(1);
        return IntStream.range(0, 40).mapToObj(i -> {
            byte[] dice = new byte[i * 50];
            random.nextBytes(dice);
            return dice;
        });
    }
}
