package dev.millrace.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class ConvertersTest {

    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "30s, PT30S", "5m, PT5M", "2h, PT2H", "1d, PT24H", "0s, PT0S", "30 s, PT30S"})
    void shouldReadDurations(String text, Duration expected) {
        assertEquals(expected, new DurationConverter().convert(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "30", "s", "-5s", "1.5s", "30sec", "5 min", "9999999999s"})
    void shouldRefuseWhatIsNoDuration(String text) {
        String message = assertThrows(TypeConversionException.class, () -> new DurationConverter().convert(text))
                .getMessage();
        assertTrue(message.contains("'" + text + "' is not a duration; write 500ms, 30s"), message);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1970-01-01T00:00:00Z",
        "1790294400123, 2026-09-25T00:00:00.123Z",
        "2026-11-23, 2026-11-23T00:00:00Z",
        "2026-11-23T10:30, 2026-11-23T10:30:00Z",
        "2026-11-23T10:30:01.5, 2026-11-23T10:30:01.500Z",
        "2026-11-23T10:30:00Z, 2026-11-23T10:30:00Z",
        "2026-11-23T10:30+01:00, 2026-11-23T09:30:00Z",
        "2026-07-01T10:30[Europe/Berlin], 2026-07-01T08:30:00Z",
        "2026-07-01T10:30+02:00[Europe/Berlin], 2026-07-01T08:30:00Z"
    })
    void shouldReadTimesInUtcUnlessAZoneIsGiven(String text, Instant expected) {
        assertEquals(expected, new TimeConverter().convert(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "now", "2026-13-01", "2026-02-30", "2026-11-23T25:00", "23.11.2026", "2026-11-23Z", "-5"})
    void shouldRefuseWhatIsNoTime(String text) {
        String message = assertThrows(TypeConversionException.class, () -> new TimeConverter().convert(text))
                .getMessage();
        assertTrue(message.startsWith("'" + text + "' is not a time; write 2026-11-23"), message);
    }
}
