package dev.millrace.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.config.ConfigException;
import dev.millrace.ops.AlreadyRunningException;
import dev.millrace.ops.DataDirectory;
import dev.millrace.ops.RoleLock;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class FailuresTest {

    @Command(name = "millrace")
    private static final class Nothing {}

    static Stream<Arguments> failures() {
        IOException missing = new NoSuchFileException("/a");
        return Stream.of(
                Arguments.of(new ConfigException("a", "a = 1:\n  must be 2"), 2, "a = 1: must be 2"),
                Arguments.of(missing, 1, "there is no file /a"),
                Arguments.of(new UncheckedIOException(missing), 1, "there is no file /a"),
                Arguments.of(new UncheckedIOException("cannot read the cycle", missing), 1, "cannot read the cycle"),
                Arguments.of(new AccessDeniedException("/a"), 1, "no permission for /a"),
                Arguments.of(new FileAlreadyExistsException("/a"), 1, "/a exists already"),
                Arguments.of(
                        new NullPointerException(),
                        1,
                        "unexpected NullPointerException; run again with --stacktrace and report it"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void shouldSayItInOneLineWithItsCode(Exception failure, int code, String line) {
        StringWriter err = new StringWriter();
        CommandLine command = new CommandLine(new Nothing()).setErr(new PrintWriter(err));
        assertEquals(code, Failures.onFailure(failure, command, false));
        assertEquals("millrace: " + line, err.toString().stripTrailing());
    }

    @Test
    void shouldEndWithFourWhenAnotherHoldsTheData(@TempDir Path folder) {
        StringWriter err = new StringWriter();
        CommandLine command = new CommandLine(new Nothing()).setErr(new PrintWriter(err));
        DataDirectory data = DataDirectory.open(folder, "mainnet");
        try (RoleLock lock = data.lock("capture", Clock.systemUTC())) {
            AlreadyRunningException second =
                    assertThrows(AlreadyRunningException.class, () -> data.lock("capture", Clock.systemUTC()));
            assertEquals(
                    4,
                    Failures.onFailure(second, command, false),
                    lock.startReason().label());
        }
        assertTrue(err.toString().contains("process " + ProcessHandle.current().pid()), err.toString());
    }
}
