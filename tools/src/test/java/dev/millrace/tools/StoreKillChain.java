package dev.millrace.tools;

import dev.millrace.StoreAudit;
import dev.millrace.simulator.Simulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** One data directory through a chain of lives, each ending with a kill; tables and lake are held against the journal. */
final class StoreKillChain {

    /** A daemon's start, roughly, and the market's first days. */
    private static final long LIFE_MS = 2_500;

    private static final Breakpoint COMMIT = StoreKillPoint.BEFORE_COMMIT.breakpoint();
    private static final int SOME_COMMITS = 8;

    private static final List<String> SETTINGS = List.of(
            "feed.channels=[trades, l2Book, activeAssetCtx]",
            "clock.max-ahead=1 d",
            "bars.timeframes=[1s, 1m, 1h, 1d]",
            "bars.revision-window=1 h",
            "journal.sync-interval=20 ms",
            "store.flush-interval=40 ms",
            "store.keep=12 h",
            "store.full-books=true",
            "lake.roll-interval=40 ms",
            "store.threads=1",
            "lake.hourly=false");

    private final Path dir;
    private final Lives lives;
    private final boolean eachKill;
    private final Random random;
    private final Consumer<String> killed;

    /**
     * @param eachKill whether everything is compared after each kill, not only at the end
     * @param killed told the name of each point at which the daemon was killed
     */
    StoreKillChain(Path dir, Simulator exchange, ChildJvm jvm, boolean eachKill, long seed, Consumer<String> killed) {
        this.dir = dir;
        this.eachKill = eachKill;
        this.killed = killed;
        random = new Random(seed);
        lives = new Lives(jvm, dir.resolve("said"), run(dir.resolve("data"), exchange));
    }

    /** The command line of such a daemon. */
    static List<String> run(Path data, Simulator exchange) {
        List<String> run = new ArrayList<>(KillSettings.run(data, exchange, "roles=[capture, store]"));
        SETTINGS.forEach(setting -> run.addAll(List.of("--set", setting)));
        return run;
    }

    /** Kills at each of these points in turn, then stops a last life in order. */
    StoreAudit run(List<StoreKillPoint> points) throws Exception {
        Files.createDirectories(dir);
        try {
            for (StoreKillPoint point : points) {
                kill(point);
                killed.accept(point.label());
                if (eachKill) {
                    audit();
                }
            }
            lives.stopAfter("the last life", life -> life.runTo(COMMIT, SOME_COMMITS));
            StoreAudit left = audit();
            left.requireWhole();
            return left;
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(dir.getFileName() + ", " + lives.now() + ": " + e.getMessage(), e);
        }
    }

    private void kill(StoreKillPoint point) throws IOException, InterruptedException {
        int times = 1 + random.nextInt(point.most());
        String name = point.label() + ", passed " + times + " times";
        switch (point.phase()) {
            case ANY -> lives.killAfter(1 + random.nextLong(LIFE_MS));
            case LIFE -> lives.killAfter(name, life -> life.runTo(point.breakpoint(), times));
            case NO_TABLES -> {
                deleteTables();
                lives.killAfter(name, life -> life.runTo(point.breakpoint(), times));
            }
            case STOP ->
                lives.killAfter(name, life -> {
                    life.runTo(COMMIT, 1 + random.nextInt(SOME_COMMITS));
                    life.terminate();
                    life.runTo(point.breakpoint(), times);
                });
        }
    }

    /** As a user may: they are made again from the journal. */
    private void deleteTables() throws IOException {
        Files.deleteIfExists(dir.resolve("data/millrace.duckdb"));
        Files.deleteIfExists(dir.resolve("data/millrace.duckdb.wal"));
    }

    private StoreAudit audit() throws Exception {
        return StoreAudit.of(dir.resolve("data"), dir.resolve("scratch"));
    }
}
