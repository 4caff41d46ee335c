package dev.millrace.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.market.Standing;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** N is 25: a rank up to 25 enters, one above 30 leaves. */
class HysteresisTest {

    private static final Standing MEMBER = new Standing(true, 2, 0, 0);

    private final Hysteresis hysteresis = new Hysteresis(Samples.MEMBERS);

    /** Days: a rank, 0 for left out, F for a failed gate, D for delisted; then + or - for each day's membership. */
    @ParameterizedTest
    @CsvSource({
        "25 25,                 -+",
        "25 26 25 25,           ---+",
        "25 F 25 25,            ---+",
        "1 1 30 30 30 30,       -+++++",
        "1 1 31 31 31,          -+++-",
        "1 1 31 31 30 31 31 31, -++++++-",
        "1 1 0 0 0 1 1,         -+++--+",
        "1 1 F 1 F 1,           -+++++",
        "1 1 F F 1 1,           -++--+",
        "1 1 31 31 F,           -+++-",
        "1 1 D 1 1,             -+--+",
    })
    void shouldFollow(String days, String expected) {
        Standing standing = Standing.OUTSIDE;
        StringBuilder found = new StringBuilder();
        for (String day : days.split(" ", -1)) {
            standing = after(standing, day);
            found.append(standing.member() ? '+' : '-');
        }
        assertEquals(expected, found.toString());
    }

    @ParameterizedTest
    @CsvSource({"26, 0, 0", "30, 0, 0", "31, 0, 1", "25, 3, 0"})
    void shouldCountWhatRuns(int rank, int entering, int leaving) {
        assertEquals(new Standing(true, entering, leaving, 0), hysteresis.afterRank(MEMBER, rank));
    }

    private Standing after(Standing standing, String day) {
        return switch (day) {
            case "F" -> hysteresis.afterFailure(standing);
            case "D" -> hysteresis.afterDelisting();
            default -> hysteresis.afterRank(standing, Integer.parseInt(day));
        };
    }
}
