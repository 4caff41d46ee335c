package dev.millrace.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.ops.ClockSync.State;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ClockSyncTest {

    private static final String TRACKING = "Reference ID    : A29FC87B\nLeap status     : ";

    @Test
    void shouldBelieveSystemd() {
        assertEquals(State.SYNCHRONISED, ClockSync.probe(says("yes\n", null)).state());
        assertEquals(State.UNSYNCHRONISED, ClockSync.probe(says("no\n", null)).state());
    }

    @Test
    void shouldBelieveChronyWhereSystemdDoesNotKnow() {
        assertEquals(
                State.SYNCHRONISED,
                ClockSync.probe(says("no", TRACKING + "Normal")).state());
        assertEquals(
                State.SYNCHRONISED,
                ClockSync.probe(says(null, TRACKING + "Insert second")).state());
        assertEquals(
                State.UNSYNCHRONISED,
                ClockSync.probe(says(null, TRACKING + "Not synchronised")).state());
    }

    @Test
    void shouldSayUnknownWhenNobodyAnswers() {
        assertEquals(State.UNKNOWN, ClockSync.probe(says(null, null)).state());
        assertEquals("unknown", State.UNKNOWN.label());
    }

    private static Function<List<String>, Optional<String>> says(String systemd, String chrony) {
        return command -> {
            boolean isSystemd = Map.of("timedatectl", true, "chronyc", false).get(command.get(0));
            return Optional.ofNullable(isSystemd ? systemd : chrony);
        };
    }
}
