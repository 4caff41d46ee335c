package dev.millrace.lives;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    private static final int LIVES = 50;

    /** One that found something gets its own line here, and stays. */
    private static final long[] FOUND = {
        131, 155, 157, 181, 294, 623, 857, 866, 2048, 3977, 4852, 7900, 9948, 10037, 10780, 52463, 301052, 402820,
    };

    private static final int STRESS_LIVES = 25_000;

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
            live(LongStream.of(chosen));
        } else {
            live(LongStream.concat(LongStream.rangeClosed(1, LIVES), LongStream.of(FOUND)));
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
        long first = Long.getLong("millrace.lives.from", 1);
        live(LongStream.range(first, first + Integer.getInteger("millrace.lives.count", STRESS_LIVES)));
    }

    /** Lives them all, whatever one of them finds. */
    private void live(LongStream seeds) {
        Tally tally = new Tally();
        List<AssertionError> violations = new ArrayList<>();
        long startNs = System.nanoTime();
        long cpuNs = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        long nextNs = startNs + PROGRESS_NS;
        for (long seed : seeds.toArray()) {
            live(seed, tally, violations);
            if (System.nanoTime() >= nextNs) {
                nextNs += PROGRESS_NS;
                System.out.println("lives: up to seed " + seed + ", violations " + violations.size() + "; " + tally);
            }
        }
        long usedNs = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpuNs;
        System.out.printf(
                "lives: violations %d; %s; %.1f s of CPU, %.1f s in all%n",
                violations.size(), tally, usedNs / 1e9, (System.nanoTime() - startNs) / 1e9);
        if (!violations.isEmpty()) {
            AssertionError first = violations.get(0);
            violations.stream().skip(1).forEach(first::addSuppressed);
            throw first;
        }
    }

    private void live(long seed, Tally tally, List<AssertionError> violations) {
        try {
            tally.add(life(seed));
        } catch (AssertionError | RuntimeException e) {
            String message = "seed " + seed + ": " + e.getMessage() + "; again with -D" + SEED + "=" + seed;
            System.out.println("lives: violation: " + message);
            violations.add(new AssertionError(message, e));
        }
    }

    private Verdict life(long seed) {
        return new Life(seed, folder).live().check();
    }
}
