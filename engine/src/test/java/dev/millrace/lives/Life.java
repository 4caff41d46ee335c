package dev.millrace.lives;

import dev.millrace.config.StartReason;
import dev.millrace.freshness.FreshnessReport;
import dev.millrace.lives.Faults.Fault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * One life of a daemon beside a venue, from its first start over faults and deaths to a clean end: all of it follows from the seed.
 */
final class Life {

    private static final long TICK_MS = 100;
    private static final long SYNC_MS = 1_000;
    private static final long FAULTS_MS = 60_000;
    private static final long QUIET_MS = 25_000;

    /** What one process was sent by the venue and told itself, of the records in {@code (from, to]} that are still there. */
    record Past(List<VenueSession> sessions, Told told, long fromSequence, long toSequence) {

        Past upTo(long lastSequence) {
            return new Past(sessions, told, fromSequence, Math.min(toSequence, lastSequence));
        }
    }

    final SplittableRandom random;
    final SimulatedTime time = new SimulatedTime();
    final Faults faults;
    final Settings settings;
    final Venue venue;
    final boolean isOnChronicle;
    final LivesJournal journal;
    final List<Past> past = new ArrayList<>();

    private final ClockJumps jumps;
    private Daemon process;
    private int largestState;
    private boolean trading = true;
    private long nextTickMs;
    private long nextSyncMs;
    private long stuckUntilMs;
    private long refusesUntilMs;

    /** @param folder for the journal of one life in a hundred, which is a real one */
    Life(long seed, Path folder) {
        random = new SplittableRandom(seed);
        faults = new Faults(random.split());
        isOnChronicle = Math.floorMod(seed, 100) == 0;
        journal = isOnChronicle ? new ChronicleJournal(folder.resolve("life-" + seed), time) : new ModelJournal();
        settings = new Settings(random.split(), faults.chosen);
        venue = new Venue(time, settings.coins, faults, random.split());
        jumps = new ClockJumps(seed, venue);
    }

    /** One in which nothing goes wrong but what a test does; it begins at once. */
    Life(long seed, Settings settings) {
        random = new SplittableRandom(seed);
        faults = new Faults(random.split());
        faults.end();
        isOnChronicle = false;
        journal = new ModelJournal();
        this.settings = settings;
        venue = new Venue(time, settings.coins, faults, random.split());
        jumps = new ClockJumps(seed, venue);
        jumps.end();
        start(StartReason.FIRST, null);
    }

    FreshnessReport freshness() {
        return process.market().freshness();
    }

    /** Lives it; the verdict says what came of it. */
    Verdict live() {
        try {
            start(StartReason.FIRST, null);
            long faultyMs = FAULTS_MS / 4 + random.nextLong(FAULTS_MS);
            long endMs = time.ms() + faultyMs;
            while (time.ms() < endMs) {
                step();
                if (random.nextInt(250) == 0 && !faults.chosen.isEmpty()) {
                    List<Fault> all = List.copyOf(faults.chosen);
                    befall(all.get(random.nextInt(all.size())));
                }
            }
            faults.end();
            jumps.end();
            long healedMs = heal();
            trading = false;
            passMs(QUIET_MS);
            process.stop();
            end();
            return new Verdict(this, journal.records(), healedMs);
        } finally {
            journal.close();
            venue.close();
        }
    }

    /** Waits until everything is live again, at most for its bound, then as long as it takes to show. */
    private long heal() {
        long startMs = time.ms();
        Bound bound = new Bound(settings);
        while (!isWell() && time.ms() - startMs < bound.ms()) {
            step();
        }
        if (!isWell()) {
            throw new AssertionError("not live again within " + bound.ms() + " ms, mute at the venue "
                    + venue.sessions.stream().map(session -> session.muted).toList() + ": "
                    + process.feed().client().status() + " " + process.market().freshness() + " "
                    + process.errors());
        }
        long healedMs = time.ms() - startMs;
        passMs(5_000);
        return healedMs;
    }

    private boolean isWell() {
        return settings.coins.stream().allMatch(this::isDelivered) && areAllAcknowledged();
    }

    private boolean areAllAcknowledged() {
        var status = process.feed().client().status();
        return status.acknowledged() + status.quarantined().size() == status.asked();
    }

    private boolean isDelivered(String coin) {
        return venue.sessions.stream()
                .filter(VenueSession::isHealthy)
                .anyMatch(session -> session.carriesTrades(coin)
                        && session.muted.stream()
                                .noneMatch(muted -> muted.coin().equals(coin)));
    }

    /** The most that a market remembered, in bytes. */
    int largestState() {
        return largestState;
    }

    void passMs(long ms) {
        long endMs = time.ms() + ms;
        while (time.ms() < endMs) {
            step();
        }
    }

    /** Time passes, and everybody does what is due. */
    void step() {
        time.advanceMs(5 + random.nextInt(35));
        long nowMs = time.ms();
        if (nowMs >= refusesUntilMs) {
            faults.refuse(false);
        }
        jumps.turn();
        venue.turn(trading);
        int done;
        do {
            done = venue.run() + (process == null ? 0 : process.run());
        } while (done > 0);
        if (process != null) {
            runProcess(nowMs);
        }
    }

    private void runProcess(long nowMs) {
        if (nowMs >= nextTickMs) {
            nextTickMs = nowMs + TICK_MS;
            process.tick();
        }
        if (nowMs >= stuckUntilMs) {
            process.drain(Integer.MAX_VALUE);
        }
        if (nowMs >= nextSyncMs) {
            nextSyncMs = nowMs + SYNC_MS;
            journal.sync();
        }
    }

    private void befall(Fault fault) {
        switch (fault) {
            case CUT -> session().ifPresent(VenueSession::cut);
            case REFUSE -> {
                faults.refuse(true);
                refusesUntilMs = time.ms() + random.nextInt(8_000);
            }
            case HALF_OPEN -> session().ifPresent(VenueSession::halfOpen);
            case MUTE -> session().ifPresent(VenueSession::mute);
            case STALL -> session().ifPresent(one -> one.stall(500 + random.nextInt(12_000)));
            case RING_FULL -> stuckUntilMs = time.ms() + random.nextInt(4_000);
            case CLOCK_STEP -> time.stepWall((random.nextBoolean() ? 1 : -1) * random.nextLong(60_000));
            case REPLACE -> process.feed().client().replace(1 + random.nextInt(venue.sessions.size() + 1), 0);
            case RESTART -> {
                process.stop();
                restart(StartReason.CLEAN);
            }
            case KILL -> {
                process.drain(random.nextInt(200));
                journal.kill();
                restart(StartReason.UNCLEAN);
            }
            case POWER_LOSS -> {
                process.drain(random.nextInt(200));
                journal.losePower(random);
                restart(StartReason.UNCLEAN);
            }
            default -> {
                return; // these befall frames
            }
        }
        faults.met(fault);
    }

    private Optional<VenueSession> session() {
        List<VenueSession> open =
                venue.sessions.stream().filter(VenueSession::isOpen).toList();
        return open.isEmpty() ? Optional.empty() : Optional.of(open.get(random.nextInt(open.size())));
    }

    private void restart(StartReason reason) {
        Daemon.Snapshot snapshot = process.newest();
        end();
        passMs(random.nextInt(10) == 0 ? random.nextLong(40_000) : random.nextLong(4_000));
        boolean isUsable = snapshot != null && snapshot.sequence() <= journal.syncedSequence();
        start(reason, isUsable && random.nextInt(4) > 0 ? snapshot : null);
    }

    private void start(StartReason reason, Daemon.Snapshot snapshot) {
        stuckUntilMs = 0;
        nextTickMs = 0;
        process = new Daemon(this, reason, snapshot);
    }

    private void end() {
        process.feed().kill();
        if (process.newest() != null) {
            largestState = Math.max(largestState, process.newest().length());
        }
        past.add(new Past(
                venue.onProcessEnd(),
                process.told,
                process.fromSequence(),
                process.market().sequence()));
        int last = journal.records().size();
        past.replaceAll(one -> one.upTo(last));
        process = null;
    }
}
