package dev.millrace.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.simulator.Simulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** One data directory through a chain of lives; each ends with a kill, and what is left is looked at. */
final class KillChain {

    /** Records after which a daemon has recorded for a while. */
    private static final int SOME_RECORDS = 100;

    /** What is worth a word after a kill, and no more than that. */
    private static final List<String> USUAL = List.of(
            "Forced unlocking `chronicle.write.lock`",
            "bytes behind the last whole record were cut",
            "retention waits for the reader snapshots",
            "retention goes on");

    private static final Breakpoint RECORDING = KillPoint.AFTER_APPEND.breakpoint();
    private static final Breakpoint SNAPSHOT_OF_TRADES = Breakpoint.at("pipeline.TradeStage", "coverage.onSnapshot(");

    private final Path dir;
    private final Lives lives;
    private final boolean deletes;
    private final Random random;
    private final Consumer<KillPoint> killed;
    /** From the start of the first life to its kill, when it had recorded for a while. */
    private long lifeMs;

    private long reached;

    /**
     * @param jvm runs the daemon
     * @param deletes whether the journal may keep as little as it can
     * @param killed told each point at which the daemon was killed
     */
    KillChain(Path dir, Simulator exchange, ChildJvm jvm, boolean deletes, long seed, Consumer<KillPoint> killed) {
        this.dir = dir;
        this.deletes = deletes;
        this.killed = killed;
        random = new Random(seed);
        lives = new Lives(
                jvm,
                dir.resolve("said"),
                KillSettings.run(
                        dir.resolve("data"), exchange, "journal.max-bytes=" + (deletes ? "1 B" : "unlimited")));
    }

    /** Kills at each of these points in turn, then stops a last life in order. */
    Wreckage run(List<KillPoint> points) throws Exception {
        Files.createDirectories(dir);
        try {
            live("a first life", this::beginToRecord);
            killed.accept(deletes ? KillPoint.NEW_HOUR : KillPoint.AFTER_APPEND);
            for (KillPoint point : points) {
                if (!hasHourFor(point)) {
                    kill(KillPoint.NEW_HOUR);
                }
                kill(point);
            }
            return lastLife();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(dir.getFileName() + ", " + lives.now() + ": " + e.getMessage(), e);
        }
    }

    /** Leaves what every later life starts from: trades of each coin, a snapshot, and an hour to delete where one may be. */
    private void beginToRecord(DebuggedDaemon life) throws InterruptedException {
        life.runTo(SNAPSHOT_OF_TRADES, KillSettings.COINS.size());
        life.runTo(KillPoint.AFTER_RENAME.breakpoint(), 1);
        if (deletes) {
            life.moveClockOn(1);
        }
        life.runTo(RECORDING, SOME_RECORDS);
    }

    private void kill(KillPoint point) throws Exception {
        int times = 1 + random.nextInt(point.most());
        String name = point.label() + ", passed " + times + " times";
        switch (point.phase()) {
            case ANY -> {
                lives.killAfter(1 + random.nextLong(lifeMs));
                lookUnlessMidRoll();
            }
            case LIFE, COMPRESSION, DELETION -> live(name, life -> life.runTo(point.breakpoint(), times));
            case ROLL ->
                live(name, life -> {
                    life.moveClockOn(1 + random.nextInt(SOME_RECORDS));
                    life.runTo(point.breakpoint(), times);
                });
            case STOP ->
                live(name, life -> {
                    life.runTo(RECORDING, 1 + random.nextInt(SOME_RECORDS));
                    life.terminate();
                    life.runTo(point.breakpoint(), times);
                });
        }
        killed.accept(point);
    }

    private void live(String name, Lives.Deed deed) throws Exception {
        long fromNs = System.nanoTime();
        lives.killAfter(name, deed);
        lifeMs = lifeMs == 0 ? TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - fromNs) : lifeMs;
        lookUnlessMidRoll();
    }

    /** It ends when each coin's snapshot has decided whether the kill before it lost trades. */
    private Wreckage lastLife() throws Exception {
        lives.stopAfter("the last life", daemon -> {
            daemon.runTo(KillPoint.RECOVERED.breakpoint(), 1);
            daemon.runTo(SNAPSHOT_OF_TRADES, KillSettings.COINS.size());
            daemon.runTo(RECORDING, SOME_RECORDS);
        });
        Wreckage left = look();
        left.requireEverySnapshot();
        assertEquals(0, left.unwrittenGaps(), "gaps that are not in the journal");
        assertNothingWasWrong();
        return left;
    }

    private void lookUnlessMidRoll() throws IOException, InterruptedException {
        if (!Wreckage.isMidRoll(dir.resolve("data"))) {
            look();
        }
    }

    private Wreckage look() throws IOException, InterruptedException {
        Path data = dir.resolve("data");
        Wreckage left = deletes ? Wreckage.ofCutJournal(data) : Wreckage.ofWholeJournal(data);
        assertTrue(left.lastSequence() >= reached, () -> "record " + reached + " was there");
        reached = left.lastSequence();
        return left;
    }

    /** Compression wants a closed hour as it was written; deletion takes a compressed one too. */
    private boolean hasHourFor(KillPoint point) throws IOException {
        if (point.phase() != KillPhase.COMPRESSION && point.phase() != KillPhase.DELETION) {
            return true;
        }
        String ending = point.phase() == KillPhase.COMPRESSION ? ".cq4" : "";
        try (Stream<Path> files = Files.list(dir.resolve("data/journal"))) {
            return files.map(file -> file.getFileName().toString())
                            .filter(name -> name.contains(".cq4") && !name.endsWith(".cq4t") && name.endsWith(ending))
                            .count()
                    > 1;
        }
    }

    private void assertNothingWasWrong() throws IOException {
        try (Stream<String> lines = Files.lines(dir.resolve("data/log/millrace.log"))) {
            List<String> words = lines.filter(line -> line.contains(" WARN ") || line.contains(" ERROR "))
                    .filter(line -> USUAL.stream().noneMatch(line::contains))
                    .toList();
            assertEquals(List.of(), words);
        }
    }
}
