package dev.millrace.simulator.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FaultTest {

    @Test
    void shouldReadNameParametersTimeAndTimes() {
        assertEquals(
                new Fault(FaultKind.CUT, Map.of("how", "rst"), Duration.ofSeconds(5), 0, 3),
                Fault.parse("cut:how=rst@5sx3"));
        assertEquals(new Fault(FaultKind.MALFORMED, Map.of(), Duration.ZERO, 100, 1), Fault.parse("malformed@100"));
        assertEquals(new Fault(FaultKind.HUGE, Map.of(), Duration.ZERO, 0, 2), Fault.parse("hugex2"));
        assertEquals(
                Fault.ENDLESS, Fault.parse("mute:channel=trades,coin=xyz:TSLA").times());
    }

    @Test
    void shouldGiveParametersAndWhatTheyAreWithoutSaying() {
        Fault jump = Fault.parse("clock-jump:by=-2m,for=10s");
        assertEquals(-120_000_000_000L, jump.nanos("by"));
        assertEquals(10_000_000_000L, jump.spanNanos());
        assertEquals(0, Fault.parse("clock-jump").spanNanos());
        assertEquals("fin", Fault.parse("cut").text("how"));
        assertEquals(16_777_216, Fault.parse("huge").count("bytes"));
        assertTrue(Fault.parse("cut").allows("coin", "BTC"));
        assertFalse(Fault.parse("cut:coin=ETH").allows("coin", "BTC"));
    }

    @ParameterizedTest
    @EnumSource(FaultKind.class)
    void shouldReadEveryNameAlone(FaultKind kind) {
        assertEquals(kind, Fault.parse(kind.text()).kind());
        assertTrue(kind.usage().length() <= 80 && kind.description().length() <= 76, kind.usage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mutt | did you mean mute?",
                "cut:who=rst | did you mean how?",
                "cut:how=hard | write fin or rst",
                "cut:how | has no value; write cut:how=fin|rst",
                "mute:channel=trade | write trades or l2Book",
                "slow:by=fast | write a duration such as 500ms",
                "slow:by=0s | write a duration such as 500ms",
                "clock-jump:by=0s | write a duration such as 30s or -30s",
                "huge:bytes=0 | write a whole number above 0",
                "list:coin= | write a text",
                "cut:coin=A,coin=B | given twice",
                "cut@soon | NAME[:k=v",
                "cut@5sx0 | x1 or more",
                "cut@9999999999999999 | too many occasions",
                "list@100 | write @5s",
                "listx2 | write @5s",
            })
    void shouldRefuseWithWhatWouldBeRight(String text, String hint) {
        var refused = assertThrows(IllegalArgumentException.class, () -> Fault.parse(text));
        assertTrue(refused.getMessage().contains(hint), refused.getMessage());
        assertEquals(1, refused.getMessage().lines().count());
    }

    @Test
    void shouldReadAScript(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("script");
        Files.writeString(file, "# a bad day\n\n5s   cut:how=rst # hard\n1m  mute:coin=BTCx9\n");
        assertEquals(
                List.of(
                        new Fault(FaultKind.CUT, Map.of("how", "rst"), Duration.ofSeconds(5), 0, 1),
                        new Fault(FaultKind.MUTE, Map.of("coin", "BTC"), Duration.ofMinutes(1), 0, 9)),
                FaultScript.read(file));
    }

    @ParameterizedTest
    @CsvSource({"cut, line 2", "5 cut, line 2", "5s cut@7s, such as 5s cut", "5s cutt, did you mean cut?"})
    void shouldNameTheLineThatIsWrong(String line, String hint, @TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("script"), "1s cut\n" + line + "\n");
        var refused = assertThrows(IllegalArgumentException.class, () -> FaultScript.read(file));
        assertTrue(refused.getMessage().contains(hint), refused.getMessage());
        assertTrue(refused.getMessage().contains("script line 2"), refused.getMessage());
    }
}
