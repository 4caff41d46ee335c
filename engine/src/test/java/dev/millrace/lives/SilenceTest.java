package dev.millrace.lives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.freshness.FreshnessReport.Subject;
import dev.millrace.freshness.StreamState;
import dev.millrace.market.Subscription;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * 200 coins over real lanes, in simulated time and with the daemon's own settings: whatever falls silent is found within
 * its limit, and is live again. The venue gives a book every 5 s, a context every second.
 */
@Tag("stress")
@Tag("stress-market")
class SilenceTest {

    private static final int COINS = 200;
    private static final int STREAMS = 4 * COINS + 1;
    private static final long BOOK_MS = 5_000;
    private static final long CONTEXT_MS = 1_000;
    /** Of a frame on its way, and from one judgement to the next. */
    private static final long LOOK_MS = 1_000;

    private final Settings settings = new Settings(COINS);
    private final Life life = new Life(7, settings);
    private final long graceMs = settings.freshness.grace().toMillis();
    private final long probeMs = settings.freshness.probeInterval().toMillis();

    @AfterEach
    void close() {
        life.venue.close();
        life.journal.close();
    }

    @Test
    void shouldFindWhateverFallsSilentAndHealIt() {
        until("all are live", 120_000, this::isWell);
        life.passMs(60_000);
        assertEquals(Map.of(StreamState.LIVE, STREAMS), life.freshness().states());

        mute(Subscription.book("C77", false), "l2Book", 2 * BOOK_MS + graceMs);
        mute(Subscription.assetContext("C78"), "activeAssetCtx", 2 * CONTEXT_MS + graceMs);
        mute(Subscription.trades(busiest()), "trades", graceMs + probeMs);
        mute(Subscription.bbo(busiest()), "bbo", graceMs + probeMs);

        VenueSession deaf = life.venue.sessions.get(0);
        deaf.muted.addAll(deaf.subscribed);
        found("an open but mute socket", 2 * CONTEXT_MS + graceMs, subject -> subject.connection() == 1);

        VenueSession halfOpen = life.venue.sessions.get(1);
        halfOpen.halfOpen();
        found("a half-open socket", 2 * CONTEXT_MS + graceMs, subject -> subject.connection() == 2);
    }

    private void mute(Subscription which, String channel, long limitMs) {
        life.venue.sessions.stream()
                .filter(VenueSession::isHealthy)
                .filter(session -> session.subscribed.contains(which))
                .forEach(session -> session.muted.add(which));
        found(
                channel + " of " + which.coin(),
                limitMs,
                subject -> subject.channel().equals(channel) && subject.coin().equals(which.coin()));
    }

    private void found(String what, long limitMs, Predicate<Subject> which) {
        long foundMs =
                until("finds " + what, limitMs + LOOK_MS, () -> mute().stream().anyMatch(which));
        List<Subject> others = mute().stream().filter(which.negate()).toList();
        assertEquals(List.of(), others, "false alarms");
        long healedMs = until("heals " + what, new Bound(settings).ms(), this::isWell);
        System.out.println(what + ": found after " + foundMs + " ms, live again after another " + healedMs);
    }

    private List<Subject> mute() {
        return life.freshness().unhealthy().stream()
                .filter(subject -> subject.state() == StreamState.MUTE)
                .toList();
    }

    private boolean isWell() {
        return life.freshness().states().equals(Map.of(StreamState.LIVE, STREAMS));
    }

    /** The coin that traded last: one that is quiet all the time proves nothing. */
    private String busiest() {
        return life.venue.coins.stream()
                .max((one, other) -> Integer.compare(one.trades.size(), other.trades.size()))
                .orElseThrow()
                .name;
    }

    private long until(String what, long limitMs, BooleanSupplier holds) {
        long startMs = life.time.ms();
        while (!holds.getAsBoolean()) {
            life.step();
            assertTrue(
                    life.time.ms() - startMs <= limitMs,
                    () -> what + ": not within " + limitMs + " ms: " + life.freshness());
        }
        return life.time.ms() - startMs;
    }
}
