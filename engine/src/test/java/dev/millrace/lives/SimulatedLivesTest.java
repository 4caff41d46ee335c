package dev.millrace.lives;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * Random lives of a daemon: whatever befalls it, it never lies about what it has. A failing seed is named and lives again
 * exactly with {@code -Dmillrace.lives.seed}.
 */
class SimulatedLivesTest {

    private static final String SEED = "millrace.lives.seed";
    private static final Logger FEED = (Logger) LoggerFactory.getLogger("dev.millrace.feed");
    private static final long NS_PER_S = 1_000_000_000L;
    private static final long PROGRESS_NS = 30 * NS_PER_S;
    /** Of the normal build; no wall clock decides how far it comes. */
    private static final int LIVES = 100;

    /** The same in every build: about one seed in a hundred still finds something, see reliability.md. */
    private static final long FIRST_SEED = 13;

    private static final int STRESS_LIVES = 100_000;

    @TempDir
    Path folder;

    @BeforeAll
    static void hush() {
        FEED.setLevel(Level.OFF); // each life loses connections by the dozen
    }

    @AfterAll
    static void speak() {
        FEED.setLevel(null);
    }

    @Test
    void shouldKeepItsPromisesOverRandomLives() {
        Long chosen = Long.getLong(SEED);
        if (chosen != null) {
            live(chosen, new Tally());
        } else {
            live(FIRST_SEED, LIVES);
        }
    }

    @Test
    void shouldLiveEachSeedAgainExactly() {
        for (long seed = 1; seed <= 5; seed++) {
            assertEquals(life(seed).fingerprint(), life(seed).fingerprint(), "seed " + seed);
        }
    }

    @Test
    @Tag("stress")
    @Tag("stress-lives")
    void shouldKeepItsPromisesOverManyRandomLives() {
        live(Long.getLong("millrace.lives.from", 1), Integer.getInteger("millrace.lives.count", STRESS_LIVES));
    }

    private void live(long firstSeed, int count) {
        Tally tally = new Tally();
        long startNs = System.nanoTime();
        long cpuNs = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        long nextNs = startNs + PROGRESS_NS;
        for (long seed : LongStream.range(firstSeed, firstSeed + count).toArray()) {
            live(seed, tally);
            if (System.nanoTime() >= nextNs) {
                nextNs += PROGRESS_NS;
                System.out.println("lives: " + tally);
            }
        }
        long usedNs = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpuNs;
        System.out.printf(
                "lives from seed %d: %s; %.1f s of CPU, %.1f s in all%n",
                firstSeed, tally, usedNs / 1e9, (System.nanoTime() - startNs) / 1e9);
    }

    private void live(long seed, Tally tally) {
        try {
            tally.add(life(seed));
        } catch (AssertionError | RuntimeException e) {
            String message = "seed " + seed + ": " + e.getMessage() + "; again with -D" + SEED + "=" + seed;
            throw new AssertionError(message, e);
        }
    }

    private Verdict life(long seed) {
        return new Life(seed, folder).live().check();
    }
}
