package dev.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.market.IntakeSwitch;
import dev.millrace.metrics.Counters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FreeSpaceTest {

    private static final long MIB = 1 << 20;

    private final List<String> told = new ArrayList<>();
    private final Counters counters = new Counters();
    private long free = 2_000 * MIB;
    private long written;
    private long nowNs;

    private final FreeSpace space = new FreeSpace(
            1_000 * MIB,
            () -> free,
            () -> written,
            () -> nowNs,
            new IntakeSwitch() {
                @Override
                public void stop(String why) {
                    told.add("stop " + why);
                }

                @Override
                public void resume(String why) {
                    told.add("resume " + why);
                }
            },
            counters);

    private void check(long mebibytes) {
        free = mebibytes * MIB;
        space.check();
        assertEquals(free, counters.value("journal.free-bytes"));
    }

    @Test
    void shouldStopOnceBelowTheLimitAndResumeAboveHalfAsMuchAgain() {
        check(1_000);
        assertEquals(List.of(), told);
        check(999);
        check(500);
        assertEquals(List.of("stop 999 MiB free, journal.min-free is 1000 MiB"), told);
        assertTrue(space.stopped().contains("500 MiB are free, it goes on above 1500 MiB"), space.stopped());
        check(1_500);
        assertEquals(1, told.size());
        check(1_501);
        assertEquals("resume 1501 MiB free", told.get(1));
        assertEquals("", space.stopped());
        check(10);
        assertEquals(3, told.size());
        assertEquals(2, counters.value("journal.intake-stops"));
    }

    @Test
    void shouldStopForAFaultWhateverIsFree() {
        space.stop("the disk is full");
        space.stop("again");
        assertEquals(List.of("stop the disk is full"), told);
        check(1_600);
        assertEquals(2, told.size());
    }

    @Test
    void shouldTellWhenItWillBeFull() {
        assertEquals(Optional.empty(), space.untilFull());
        nowNs = Duration.ofHours(1).toNanos();
        written = 100 * MIB;
        check(1_900);
        assertEquals(Optional.of(Duration.ofHours(9)), space.untilFull());
        check(900);
        assertEquals(Optional.of(Duration.ZERO), space.untilFull());
    }
}
