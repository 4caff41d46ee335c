package dev.millrace.tools;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.StoreAudit;
import dev.millrace.simulator.Simulator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL at random times and at each {@link StoreKillPoint}, while days close, leave the tables and get late rows: tables and
 * lake hold every row that the journal gives, once. A failure names the chain, which is its seed, and the kill.
 */
@Timeout(1500)
class StoreKillTest {

    private static final KillCounts COUNTS = new KillCounts();

    @TempDir
    Path dir;

    @Test
    @Tag("kill")
    void shouldHoldEachRowOnceAfterAKillAtEachPoint() throws Exception {
        kill(1, 2, 1, 4, false);
    }

    @Test
    @Tag("stress")
    @Tag("stress-store-kill")
    void shouldHoldEachRowOnceAfterHundredsOfKills() throws Exception {
        kill(100, 12, 5, 80, true);
    }

    @AfterAll
    static void printCounts() {
        System.out.println(COUNTS);
    }

    /**
     * @param rounds how often each point comes in all chains together
     * @param randomTimes kills at a random time besides
     */
    private void kill(long seed, int chains, int rounds, int randomTimes, boolean eachKill) throws Exception {
        List<StoreKillPoint> points = new ArrayList<>(Collections.nCopies(randomTimes, StoreKillPoint.RANDOM_TIME));
        for (int i = 0; i < rounds; i++) {
            points.addAll(List.of(StoreKillPoint.values()));
        }
        Collections.shuffle(points, new Random(seed));
        ArchivedClasses program = archived(seed);
        List<Callable<Void>> all = new ArrayList<>();
        for (int i = 0; i < chains; i++) {
            long chainSeed = seed + i;
            List<StoreKillPoint> part = points.subList(points.size() * i / chains, points.size() * (i + 1) / chains);
            all.add(() -> {
                try (Simulator exchange = new FastMarket(chainSeed).exchange()) {
                    StoreKillChain chain = new StoreKillChain(
                            dir.resolve("chain-" + chainSeed),
                            exchange,
                            program.using(),
                            eachKill,
                            chainSeed,
                            COUNTS::add);
                    StoreAudit left = chain.run(part);
                    assertTrue(left.rows() > 1_000, () -> "too little to prove anything: " + left.rows());
                    return null;
                }
            });
        }
        Chains.run(all);
    }

    private ArchivedClasses archived(long seed) throws Exception {
        ArchivedClasses program = new ArchivedClasses(dir.resolve("program"));
        try (Simulator exchange = new FastMarket(seed).exchange()) {
            program.archive(
                    StoreKillChain.run(dir.resolve("archived"), exchange), () -> TimeUnit.MILLISECONDS.sleep(1_500));
        }
        return program;
    }
}
