package dev.millrace.pipeline;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.millrace.FuzzInputs;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes as the dice of a journal, in an order that no venue would send: the market takes each record, no trade is lost
 * between acceptance and bars, and a market that takes up its state at some record goes on as it. {@link MarketStateTest}
 * is the seeded twin.
 */
class JournalFuzzTest {

    @Test
    void shouldGoOnFromSomeRecordOfSeedsAndKeptInputs() {
        seeds().forEach(JournalFuzzTest::check);
        FuzzInputs.kept(JournalFuzzTest.class).forEach(JournalFuzzTest::check);
    }

    @Tag("fuzz")
    @MethodSource("seeds")
    @FuzzTest
    void shouldGoOnFromSomeRecord(byte[] dice) {
        if (dice != null) { // null is Jazzer's first try
            check(dice);
        }
    }

    static Stream<byte[]> seeds() {
        return OrderFuzzTest.seeds().limit(10);
    }

    private static void check(byte[] dice) {
        MarketStateTest.check(new FuzzedRandom(dice));
    }
}
