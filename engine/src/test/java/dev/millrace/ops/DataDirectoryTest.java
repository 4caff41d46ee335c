package dev.millrace.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.Waiting;
import dev.millrace.config.ConfigException;
import dev.millrace.config.StartReason;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-02T03:04:05.678Z"), ZoneOffset.UTC);

    @TempDir
    Path folder;

    private Path dir;

    @BeforeEach
    void nameTheFolder() {
        dir = folder.resolve("deep/data");
    }

    /** Another process that takes the lock, says so and waits for the end of its input. */
    static final class Holder {

        private Holder() {}

        public static void main(String[] args) throws IOException {
            DataDirectory.open(Path.of(args[0]), "mainnet").lock("capture", CLOCK);
            System.out.println("held");
            int end = System.in.read();
            Runtime.getRuntime().halt(end + 1);
        }
    }

    @Test
    void shouldCreateTheFolderAndRememberItsEnvironment() {
        DataDirectory.open(dir, "mainnet");
        DataDirectory.open(dir, "mainnet");
        assertTrue(Files.isDirectory(dir));
        String message = refusal(dir, "testnet");
        assertTrue(message.startsWith("data.dir = " + dir + ": holds data of mainnet"), message);
        assertTrue(message.contains("hyperliquid.environment is testnet"), message);
    }

    @Test
    void shouldRefuseAFileAndAFolderInsideAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");
        assertEquals("data.dir = " + file + ": is a file; name a folder", refusal(file, "mainnet"));
        Path inside = file.resolve("data");
        String message = refusal(inside, "mainnet");
        assertTrue(message.startsWith("data.dir = " + inside + ": cannot be written"), message);
        assertTrue(message.endsWith("name a writable folder"), message);
    }

    @Test
    void shouldTellHowTheHolderBeforeEnded() {
        DataDirectory data = DataDirectory.open(dir, "mainnet");
        try (RoleLock lock = data.lock("capture", CLOCK)) {
            assertEquals(StartReason.FIRST, lock.startReason());
        }
        try (RoleLock lock = data.lock("capture", CLOCK)) {
            assertEquals(StartReason.UNCLEAN, lock.startReason());
            lock.markClean();
        }
        try (RoleLock lock = data.lock("capture", CLOCK)) {
            assertEquals(StartReason.CLEAN, lock.startReason());
        }
        try (RoleLock lock = data.lock("capture", CLOCK)) {
            assertEquals(StartReason.UNCLEAN, lock.startReason());
        }
    }

    @Test
    void shouldKeepRolesApart() {
        DataDirectory data = DataDirectory.open(dir, "mainnet");
        try (RoleLock capture = data.lock("capture", CLOCK);
                RoleLock store = data.lock("store", CLOCK)) {
            assertEquals(StartReason.FIRST, store.startReason());
            capture.markClean();
        }
        try (RoleLock store = data.lock("store", CLOCK)) {
            assertEquals(StartReason.UNCLEAN, store.startReason());
        }
    }

    @Test
    void shouldRefuseASecondHolderOfTheSameProcessAndKeepTheFirst() throws Exception {
        DataDirectory data = DataDirectory.open(dir, "mainnet");
        try (RoleLock lock = data.lock("capture", CLOCK)) {
            String expected =
                    "held by process " + ProcessHandle.current().pid() + ", running since 2026-01-02T03:04:05Z";
            String message = assertThrows(AlreadyRunningException.class, () -> data.lock("capture", CLOCK))
                    .getMessage();
            assertTrue(message.contains(expected), message);
            Process other = holder();
            assertFalse(heldBy(other), "the refused attempt must not have freed the lock");
            assertTrue(other.waitFor(Waiting.PATIENCE_S, TimeUnit.SECONDS));
            assertEquals(StartReason.FIRST, lock.startReason());
        }
    }

    @Test
    void shouldNameTheOtherProcessAndTakeOverWhenItIsKilled() throws Exception {
        DataDirectory data = DataDirectory.open(dir, "mainnet");
        Process other = holder();
        try {
            assertTrue(heldBy(other));
            String message = assertThrows(AlreadyRunningException.class, () -> data.lock("capture", CLOCK))
                    .getMessage();
            assertTrue(message.contains("held by process " + other.pid() + ", running since 2026-01-02"), message);
        } finally {
            other.destroyForcibly().waitFor();
        }
        try (RoleLock lock = data.lock("capture", CLOCK)) {
            assertEquals(StartReason.UNCLEAN, lock.startReason());
        }
    }

    private Process holder() throws IOException {
        List<String> command = List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                dir.toString());
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Waits until the process has the lock; false when it ended without. */
    private static boolean heldBy(Process process) throws IOException {
        try (BufferedReader reader = process.inputReader()) {
            return "held".equals(reader.readLine());
        }
    }

    private static String refusal(Path dir, String environment) {
        return assertThrows(ConfigException.class, () -> DataDirectory.open(dir, environment))
                .getMessage();
    }
}
