package dev.millrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.feed.FeedStatus;
import dev.millrace.journal.JournalReader;
import dev.millrace.journal.JournalVerify;
import dev.millrace.market.Decimals;
import dev.millrace.market.Lifecycle;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import dev.millrace.replay.Pace;
import dev.millrace.simulator.Cadence;
import dev.millrace.simulator.MarketModel;
import dev.millrace.simulator.SimulatedCoin;
import dev.millrace.simulator.Simulator;
import dev.millrace.simulator.SimulatorConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The daemon on a disk that really fills: nothing breaks, the intake stops, resumes and says so. */
@Timeout(300)
class SmallDiskTest {

    private static final int DISK_MIB = 300;
    private static final String[] SETTINGS = {
        "journal.min-free=64 MiB", "feed.ping-interval=100 ms", "bars.timeframes=[1s]", "feed.channels=[trades, l2Book]"
    };

    @TempDir
    Path mountPoint;

    private final Diary live = new Diary();

    @Test
    void shouldStopWhenAnotherProgramFillsTheDiskAndResumeWhenItIsGone() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(mountPoint, DISK_MIB);
                Simulator exchange = Simulator.start(SimulatorConfig.of(market()));
                Tap line = new Tap(exchange.wsUrl())) {
            Path other = disk.root().resolve("other");
            try (Engine engine = launch(disk, line.wsUrl(), exchange)) {
                live.await("bars", () -> live.barCount() > 4);
                fill(other);
                await("the stop", () -> isStopped(engine));
                line.cut(); // as a venue does with a client that does not read
                await("the loss", () -> engine.feed().state() == FeedStatus.State.WAITING);
                long stoppedAt = engine.health().sequences().get("journaled");
                long missed = System.nanoTime() + 2_000_000_000L; // more trades than a snapshot holds
                await("trades that are missed", () -> System.nanoTime() > missed);
                assertEquals(stoppedAt, engine.health().sequences().get("journaled"), "nothing enters");
                line.mend();
                Files.delete(other);
                live.await("the gap", () -> !live.gaps().isEmpty());
                assertFalse(isStopped(engine));
                long bars = live.barCount();
                live.await("bars after it", () -> live.barCount() > bars + 4);
            }
            assertSound(disk);
            assertEquals(List.of(Lifecycle.INTAKE_STOPPED, Lifecycle.INTAKE_RESUMED), intakeRecords(disk));
            assertEquals(live.gaps(), Daemon.journaledGaps(disk.root()));
            assertEquals(live.gaps(), Daemon.replay(disk.root(), Pace.MAX).derived());
        }
    }

    @Test
    @Tag("stress")
    @Tag("stress-journal")
    void shouldStopBeforeItFillsTheDiskItself() throws Exception {
        SimulatorConfig fast = SimulatorConfig.of(market()).withPace(dev.millrace.simulator.Pace.max());
        try (SmallDisk disk = SmallDisk.mount(mountPoint, DISK_MIB);
                Simulator exchange = Simulator.start(fast)) {
            try (Engine engine = launch(disk, exchange.wsUrl(), exchange)) {
                await("the stop", () -> isStopped(engine));
                assertFalse(engine.failure().isDone());
            }
            assertTrue(disk.root().toFile().getUsableSpace() > 0, "room was left");
            assertSound(disk);
            assertEquals(List.of(Lifecycle.INTAKE_STOPPED), intakeRecords(disk));
        }
    }

    private Engine launch(SmallDisk disk, URI wsUrl, Simulator exchange) throws InterruptedException {
        return Engine.launch(Daemon.config(disk.root(), wsUrl, exchange.restUrl(), SETTINGS), List.of(live));
    }

    private static MarketModel market() {
        List<SimulatedCoin> coins = List.of(new SimulatedCoin("BTC", 5, 84_143 * Decimals.ONE, 8));
        return MarketModel.of(7, 1_756_904_000_000L).withCoins(coins).withCadence(Cadence.lively());
    }

    private static boolean isStopped(Engine engine) {
        return engine.health().problems().stream().anyMatch(problem -> problem.contains("the intake is stopped"));
    }

    /** Until the disk refuses or leaves less than asked for. */
    private static void fill(Path other) throws IOException {
        byte[] some = new byte[1 << 20];
        try (var out = Files.newOutputStream(other)) {
            while (other.getParent().toFile().getUsableSpace() > 40L << 20) {
                out.write(some);
            }
        }
    }

    private static void assertSound(SmallDisk disk) {
        JournalVerify.Result result = JournalVerify.run(Daemon.journal(disk.root()), done -> {});
        assertTrue(result.sound(), () -> result.firstDamage().toString());
    }

    private static List<Lifecycle> intakeRecords(SmallDisk disk) {
        List<Lifecycle> found = new ArrayList<>();
        MarketEvent event = new MarketEvent(1 << 16);
        try (JournalReader reader = JournalReader.open(Daemon.journal(disk.root()))) {
            while (reader.read(event)) {
                Lifecycle what =
                        event.kind() == RecordKind.LIFECYCLE ? Lifecycle.of(event.bytes(), event.length()) : null;
                if (what == Lifecycle.INTAKE_STOPPED || what == Lifecycle.INTAKE_RESUMED) {
                    found.add(what);
                }
            }
        }
        return found;
    }

    private static void await(String what, BooleanSupplier met) {
        while (!met.getAsBoolean()) {
            assertFalse(Thread.currentThread().isInterrupted(), () -> "waiting for " + what);
            LockSupport.parkNanos(1_000_000);
        }
    }
}
