package dev.millrace.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class LoggingTest {

    @TempDir
    Path folder;

    @Test
    void shouldWriteTheFileUntilClosedAndLeaveOutTheLibrariesChatter() throws IOException {
        Path logs = folder.resolve("log");
        try (Logging logging = Logging.start(logs, "millrace")) {
            LoggerFactory.getLogger("dev.millrace.Engine").info("started with {} coins", 3);
            LoggerFactory.getLogger("net.openhft.chronicle").info("mapping grown");
            LoggerFactory.getLogger("io.netty.channel").info("registered");
            LoggerFactory.getLogger("net.openhft.chronicle").warn("slow disk");
            assertEquals(logs.resolve("millrace.log"), logging.file());
        }
        LoggerFactory.getLogger("dev.millrace.Engine").info("after the end");
        List<String> lines = Files.readAllLines(logs.resolve("millrace.log"));
        assertEquals(2, lines.size(), lines.toString());
        assertTrue(lines.get(0).matches("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z INFO  \\[main] Engine: started with 3 coins"));
        assertTrue(lines.get(1).endsWith("slow disk"), lines.get(1));
    }

    @Test
    void shouldStartAgainInTheSameFile() throws IOException {
        for (int i = 0; i < 2; i++) {
            try (Logging logging = Logging.start(folder, "millrace")) {
                LoggerFactory.getLogger("dev.millrace.Engine").info("round {} in {}", i, logging.file());
            }
        }
        assertEquals(2, Files.readAllLines(folder.resolve("millrace.log")).size());
    }

    @Test
    void shouldRefuseAFolderThatCannotBe() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");
        ConfigException refused =
                assertThrows(ConfigException.class, () -> Logging.start(file.resolve("log"), "millrace"));
        assertTrue(refused.getMessage().startsWith("data.log = " + file.resolve("log")), refused.getMessage());
        Files.createDirectories(folder.resolve("log/millrace.log"));
        assertThrows(ConfigException.class, () -> Logging.start(folder.resolve("log"), "millrace"));
    }
}
