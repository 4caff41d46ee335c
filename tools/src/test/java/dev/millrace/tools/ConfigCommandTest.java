package dev.millrace.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandTest {

    @TempDir
    Path folder;

    @Test
    void shouldShowEveryValueWithItsOrigin() throws IOException {
        Path file = Files.writeString(folder.resolve("my.conf"), "# mine\nfeed.coins = [BTC, ETH]\n");
        CommandRun run = CommandRun.of("config", "--config", file.toString(), "--set", "ops.port=0");
        assertEquals(0, run.code(), run.err());
        assertLine(run, "feed\\.coins = \\[\"BTC\",\"ETH\"] +# " + file + ":2");
        assertLine(run, "ops\\.port = \"0\" +# --set");
        assertLine(run, "shutdown\\.deadline = \"20 s\" +# default");
    }

    @Test
    void shouldPrintAConfigurationThatCanBeReadBack() throws IOException {
        String first = CommandRun.of("config", "--set", "feed.coins=BTC").out();
        Path file = Files.writeString(folder.resolve("again.conf"), first);
        CommandRun second = CommandRun.of("config", "--config", file.toString());
        assertEquals(0, second.code(), second.err());
        assertEquals(values(first), values(second.out()));
    }

    private static String values(String printed) {
        return printed.replaceAll(" +# .*", "");
    }

    private static void assertLine(CommandRun run, String pattern) {
        assertTrue(run.out().lines().anyMatch(line -> line.matches(pattern)), () -> pattern + " not in\n" + run.out());
    }
}
