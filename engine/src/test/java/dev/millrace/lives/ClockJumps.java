package dev.millrace.lives;

import dev.millrace.lives.Faults.Fault;
import java.util.List;
import java.util.SplittableRandom;

/** In some lives the venue's clock jumps, ahead or back, and returns; often a connection is cut behind it. */
final class ClockJumps {

    private static final long NEVER = Long.MAX_VALUE;
    /** One life in so many; the seeds that others found are not among them. */
    private static final int LIVES = 8;

    private static final int AMONG_THEM = 4;

    /** Its own, so that all other lives stay as they were. */
    private final SplittableRandom random;

    private final Venue venue;
    private long nextMs;
    private long cutMs = NEVER;

    ClockJumps(long seed, Venue venue) {
        random = new SplittableRandom(~seed);
        this.venue = venue;
        nextMs = Math.floorMod(seed, LIVES) == AMONG_THEM ? venue.nowMs() + random.nextLong(20_000) : NEVER;
    }

    /** Time has passed. */
    void turn() {
        long nowMs = venue.nowMs();
        if (nowMs >= nextMs) {
            jump(nowMs);
        }
        if (nowMs >= cutMs) {
            cutMs = NEVER;
            cut();
        }
    }

    private void jump(long nowMs) {
        if (venue.isClockRight()) {
            venue.setClock((random.nextBoolean() ? 1 : -1) * (200 + random.nextLong(40_000)));
            venue.faults.met(Fault.CLOCK_JUMP);
            nextMs = nowMs + 500 + random.nextLong(15_000);
        } else {
            venue.setClock(0);
            nextMs = nowMs + 2_000 + random.nextLong(20_000);
        }
        if (random.nextInt(3) > 0) {
            cutMs = nowMs + random.nextLong(12_000);
        }
    }

    private void cut() {
        List<VenueSession> open =
                venue.sessions.stream().filter(VenueSession::isOpen).toList();
        if (!open.isEmpty()) {
            open.get(random.nextInt(open.size())).cut();
        }
    }

    void end() {
        nextMs = NEVER;
        cutMs = NEVER;
        venue.setClock(0);
    }
}
