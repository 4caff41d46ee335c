package dev.millrace.sentiment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PollPlanTest {

    private static final long DAY_NS = Duration.ofDays(1).toNanos();

    private final PollPlan plan = new PollPlan(Duration.ofHours(1));

    @Test
    void shouldAskSoonAfterAnUpdateButNotAtOnce() {
        assertEquals(Duration.ofHours(1), plan.succeeded(0, OptionalLong.empty()));
        assertEquals(Duration.ofHours(1), plan.succeeded(0, OptionalLong.of(33_432)));
        assertEquals(Duration.ofSeconds(605), plan.succeeded(0, OptionalLong.of(600)));
        assertEquals(Duration.ofMinutes(1), plan.succeeded(0, OptionalLong.of(-100)), "an update that is late");
    }

    @Test
    void shouldAskSeldomerTheLongerTheSourceFails() {
        assertEquals(Duration.ofMinutes(1), plan.failed());
        assertEquals(Duration.ofMinutes(2), plan.failed());
        for (int i = 0; i < 100; i++) {
            plan.failed();
        }
        assertEquals(Duration.ofHours(1), plan.failed());
        plan.succeeded(0, OptionalLong.empty());
        assertEquals(Duration.ofMinutes(1), plan.failed());
        assertEquals(Duration.ofSeconds(2), new PollPlan(Duration.ofSeconds(2)).failed());
    }

    @Test
    void shouldMissNoDayOfAnOutage() {
        assertEquals(2, plan.days(5));
        plan.succeeded(DAY_NS, OptionalLong.empty());
        assertEquals(2, plan.days(2 * DAY_NS - 1));
        assertEquals(5, plan.days(4 * DAY_NS));
        assertEquals(2, plan.days(0), "a clock that was set back");
    }
}
