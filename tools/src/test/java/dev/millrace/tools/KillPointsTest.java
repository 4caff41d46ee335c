package dev.millrace.tools;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever moves a line before which a process is killed hears of it in the normal build. */
class KillPointsTest {

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "RANDOM_TIME")
    void shouldStillBeInTheDaemon(KillPoint point) {
        assertNotNull(point.breakpoint());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "RANDOM_TIME")
    void shouldStillBeInTheStore(StoreKillPoint point) {
        assertNotNull(point.breakpoint());
    }
}
