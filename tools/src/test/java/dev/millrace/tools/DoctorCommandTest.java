package dev.millrace.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.config.PipelineConfig;
import dev.millrace.config.PipelineConfig.Profile;
import dev.millrace.ops.ClockSync;
import dev.millrace.tools.Finding.Level;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {

    @TempDir
    Path folder;

    @Test
    void shouldPrintALineForEachCheckAndLeaveNothingBehind() throws IOException {
        try (ServerSocket venue = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CommandRun run = doctor(venue.getLocalPort(), folder.resolve("data"));
            assertEquals(9, run.out().lines().count(), run.out());
            assertTrue(run.out().lines().allMatch(line -> line.matches("(ok  |warn|fail)  \\w+ +\\S.*")), run.out());
            assertLine(run, "ok    ws  .*127\\.0\\.0\\.1:" + venue.getLocalPort() + " took a connection.*");
            assertLine(run, "ok    data .*can be created");
            assertFalse(Files.exists(folder.resolve("data")));
        }
    }

    @Test
    void shouldFailWhenTheVenueIsOutOfReachAndTheDataFolderIsAFile() throws IOException {
        int closed;
        try (ServerSocket venue = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = venue.getLocalPort();
        }
        Path file = Files.writeString(folder.resolve("file"), "x");
        CommandRun run = doctor(closed, file);
        assertEquals(1, run.code());
        assertLine(run, "fail  rest  .*no connection to 127\\.0\\.0\\.1:" + closed + ".*hyperliquid\\.rest-url");
        assertLine(run, "fail  data .*" + file + " is a file; name a folder in data\\.dir");
    }

    @Test
    void shouldSeeThatAFolderCannotBeWrittenEvenByRoot() {
        Path proc = Path.of("/proc");
        Assumptions.assumeTrue(Files.isDirectory(proc), "skipped: this system has no /proc");
        Finding finding = DiskChecks.writable(proc.resolve("millrace"));
        assertEquals(Finding.fail("data", "/proc is not writable; name another folder in data.dir"), finding);
    }

    @Test
    void shouldFailForANameThatDoesNotResolve() {
        Finding finding =
                new Reachability(Duration.ofSeconds(1)).check("ws", URI.create("wss://no-such-host.invalid/ws"));
        assertEquals(Level.FAIL, finding.level());
        assertTrue(finding.text().contains("no-such-host.invalid does not resolve"), finding.text());
    }

    @Test
    void shouldKnowTheFlagsThatThisTestRunsWith() {
        List<String> wanted = MachineChecks.wantedFlags();
        assertTrue(wanted.contains("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED"), wanted.toString());
        assertEquals(Level.OK, MachineChecks.flags(wanted, wanted).level());
        Finding missing = MachineChecks.flags(wanted, wanted.subList(1, wanted.size()));
        assertEquals(Level.FAIL, missing.level());
        assertTrue(missing.text().endsWith("missing: " + wanted.get(0)), missing.text());
    }

    @Test
    void shouldJudgeCores() {
        assertEquals(
                Level.OK,
                MachineChecks.cores(pipeline(Profile.SMALL, List.of()), 2).level());
        assertEquals(
                Level.OK,
                MachineChecks.cores(pipeline(Profile.PINNED, List.of(1, 2, 3)), 4)
                        .level());
        assertEquals(
                Level.WARN,
                MachineChecks.cores(pipeline(Profile.PINNED, List.of(0, 1, 2)), 3)
                        .level());
        Finding beyond = MachineChecks.cores(pipeline(Profile.PINNED, List.of(1, 2, 4)), 4);
        assertEquals(Level.FAIL, beyond.level());
        assertTrue(beyond.text().contains("names core 4; the last one is 3"), beyond.text());
    }

    @Test
    void shouldJudgeDiskFilesJavaAndClock() {
        assertEquals(Level.FAIL, DiskChecks.free(folder, 1L << 29).level());
        assertEquals(Level.WARN, DiskChecks.free(folder, 5L << 30).level());
        assertEquals(Level.OK, DiskChecks.free(folder, 50L << 30).level());
        assertEquals(Level.WARN, MachineChecks.openFiles(1_024).level());
        assertEquals(Level.OK, MachineChecks.openFiles(4_096).level());
        assertEquals(Level.FAIL, MachineChecks.java(16).level());
        assertEquals(Level.OK, MachineChecks.java(17).level());
        ClockSync unknown = new ClockSync(ClockSync.State.UNKNOWN, "nobody answers");
        assertEquals(
                "warn  clock       unknown, nobody answers",
                MachineChecks.clock(unknown).line());
    }

    private static PipelineConfig pipeline(Profile profile, List<Integer> cores) {
        Duration second = Duration.ofSeconds(1);
        return new PipelineConfig(profile, 1 << 20, 4_096, 1 << 20, cores, second, second);
    }

    private static CommandRun doctor(int port, Path dir) {
        return CommandRun.of(
                "doctor",
                "--set",
                "hyperliquid.ws-url=ws://127.0.0.1:" + port + "/ws",
                "--set",
                "hyperliquid.rest-url=http://127.0.0.1:" + port,
                "--set",
                "data.dir=" + dir);
    }

    private static void assertLine(CommandRun run, String pattern) {
        assertTrue(run.out().lines().anyMatch(line -> line.matches(pattern)), () -> pattern + " not in\n" + run.out());
    }
}
