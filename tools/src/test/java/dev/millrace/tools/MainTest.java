package dev.millrace.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Command;

class MainTest {

    static Stream<Class<?>> commands() {
        return Stream.of(Main.class.getAnnotation(Command.class).subcommands());
    }

    @Test
    void shouldPrintTheVersionOfTheBuild() {
        CommandRun run = CommandRun.of("--version");
        assertEquals(0, run.code());
        assertTrue(run.out().matches("millrace \\d+\\.\\d+\\.\\d+\\S* \\(Java .+\\)\\R"), run.out());
    }

    @Test
    void shouldHelpWithoutACommand() {
        CommandRun run = CommandRun.of();
        assertEquals(0, run.code());
        assertTrue(run.out().contains("Exit codes:") && run.out().contains("already running"), run.out());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void shouldShowAnExampleOfEveryCommand(Class<?> command) {
        String name = command.getAnnotation(Command.class).name();
        CommandRun help = CommandRun.of(name, "--help");
        assertEquals(0, help.code());
        assertTrue(
                Pattern.compile("\\nExamples?:\n  millrace " + name + "\\b")
                        .matcher(help.out())
                        .find(),
                help.out());
        assertTrue(CommandRun.of("--help").out().contains("\n  millrace " + name), "in the main help");
        assertTrue(help.out().lines().allMatch(line -> line.length() <= 80), help.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"confg", "--verbose", "config --confg x", "config extra", "doctor --timeout soon"})
    void shouldRefuseBadUsageInOneLine(String line) {
        CommandRun run = CommandRun.of(line.split(" ", -1));
        assertEquals(2, run.code(), run.err());
        assertEquals(1, run.errLines().size(), run.err());
        assertTrue(run.err().startsWith("millrace") && run.err().contains("--help"), run.err());
        assertEquals("", run.out());
    }

    @Test
    void shouldRefuseABadConfigurationWithCodeTwo(@TempDir Path folder) {
        Path file = folder.resolve("none.conf");
        CommandRun run = CommandRun.of("config", "--config", file.toString());
        assertEquals(2, run.code());
        assertEquals(
                "millrace config: --config " + file + ": there is no such file",
                run.err().trim());
    }

    @Test
    void shouldShowTheStackTraceOnlyOnRequest() {
        CommandRun plain = CommandRun.of("config", "--set", "ops.port=x");
        assertEquals(1, plain.errLines().size(), plain.err());
        CommandRun traced = CommandRun.of("config", "--set", "ops.port=x", "--stacktrace");
        assertEquals(plain.code(), traced.code());
        assertEquals(plain.errLines().get(0), traced.errLines().get(0));
        assertTrue(traced.err().contains("\tat dev.millrace.config."), traced.err());
    }
}
