package dev.millrace.tools;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.Waiting;
import dev.millrace.simulator.MarketModel;
import dev.millrace.simulator.Simulator;
import dev.millrace.simulator.SimulatorConfig;
import dev.millrace.strategy.Strategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The daemon as a process of its own: signals, exit codes, a second holder, a death and the start after it. */
@Timeout(300)
class PackagedDaemonTest {

    private static final Pattern PORT = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)");

    @TempDir
    Path dir;

    @Test
    void shouldStopOnSignalAndGoOnAfterADeath() throws Exception {
        try (Simulator exchange = Simulator.start(SimulatorConfig.of(MarketModel.of(7, 1_790_294_400_000L)))) {
            List<String> run = on(exchange, "run");
            try (Child daemon = new Child(run)) {
                int port = daemon.awaitConnected();
                assertTrue(get(port, "/metrics").contains("millrace_feed_frames_total"));
                assertTrue(get(port, "/health").contains("\"feed\":\"connected"));
                CommandRun status = CommandRun.of("status", "--set", "data.dir=" + dir);
                assertEquals(0, status.code(), status.err());
                assertTrue(status.out().contains("connected") && status.out().contains("last sequence"), status.out());
                CommandRun second = CommandRun.of(run.toArray(String[]::new));
                assertEquals(4, second.code(), second.err());
                assertTrue(second.err().contains("is held by process " + daemon.pid() + ", running since "));
                assertEquals(1, second.errLines().size(), second.err());
                assertEquals(137, daemon.killed());
            }
            long reached = verified();
            try (Child daemon = new Child(run)) {
                daemon.awaitConnected();
                assertEquals(0, daemon.terminated());
                assertEquals("millrace run: stopping", daemon.lastLine());
            }
            assertTrue(verified() > reached, "the sequences go on");
            assertEquals(1, CommandRun.of("status", "--set", "data.dir=" + dir).code(), "none runs");
            assertStartReasons("first", "unclean");
            CommandRun.of(
                    "replay",
                    "--journal",
                    journal(),
                    "--bars-csv",
                    dir.resolve("bars.csv").toString());
            assertTrue(Files.readAllLines(dir.resolve("bars.csv")).size() > 1);
            assertVerified();
        }
    }

    @Test
    @Tag("stress")
    @Tag("stress-daemon")
    void shouldHandOverToAnotherProcess() throws Exception {
        try (Simulator exchange = Simulator.start(SimulatorConfig.of(MarketModel.of(7, 1_790_294_400_000L)))) {
            CommandRun nothing = CommandRun.of(on(exchange, "handover").toArray(String[]::new));
            assertEquals(1, nothing.code());
            assertEquals(List.of("millrace handover: nothing to take over; use millrace run"), nothing.errLines());
            try (Child first = new Child(on(exchange, "run"))) {
                first.awaitConnected();
                try (Child second = new Child(on(exchange, "handover"))) {
                    second.awaitConnected();
                    assertEquals(0, first.exitCode());
                    assertEquals(
                            "millrace run: taken over by process " + second.pid() + "; stopping", first.lastLine());
                    assertEquals(0, second.terminated());
                    assertEquals("millrace handover: stopping", second.lastLine());
                }
            }
        }
        verified();
        assertStartReasons("first", "handover");
        assertEquals(
                "", CommandRun.of("journal", "cat", "--kind", "gap", journal()).out());
        CommandRun equal = CommandRun.of("replay", "--journal", journal(), "--verify");
        assertEquals(0, equal.code(), equal.err() + equal.out());
    }

    /** A stop that does not end: the strategy is never done with it. */
    @Test
    @Tag("stress")
    @Tag("stress-daemon")
    void shouldEndAtOnceOnASecondSignal() throws Exception {
        try (Simulator exchange = Simulator.start(SimulatorConfig.of(MarketModel.of(7, 1_790_294_400_000L)))) {
            List<String> run = new ArrayList<>(on(exchange, "run"));
            run.addAll(List.of("--set", "strategies=[{class=\"" + EndlessStop.class.getName() + "\"}]"));
            try (Child daemon = new Child(run)) {
                daemon.awaitConnected();
                daemon.signal();
                assertTrue(daemon.awaitLine("stopping").startsWith("millrace run:"));
                assertEquals(143, daemon.terminated());
                assertEquals(
                        "millrace: SIGTERM while stopping: ended at once, as by a kill; what was recorded is safe and"
                                + " the next start recovers",
                        daemon.lastLine());
            }
            verified();
            try (Child daemon = new Child(on(exchange, "run"))) {
                daemon.awaitConnected();
                assertEquals(0, daemon.terminated());
            }
        }
        assertStartReasons("first", "unclean");
        CommandRun equal = CommandRun.of("replay", "--journal", journal(), "--verify");
        assertEquals(0, equal.code(), equal.err() + equal.out());
    }

    /** Named in the configuration of a child. */
    public static final class EndlessStop implements Strategy {

        @Override
        public void onStop() {
            while (true) {
                LockSupport.park();
            }
        }
    }

    private List<String> on(Simulator exchange, String command) {
        return List.of(
                command,
                "--set",
                "data.dir=" + dir,
                "--set",
                "hyperliquid.ws-url=" + exchange.wsUrl(),
                "--set",
                "hyperliquid.rest-url=" + exchange.restUrl(),
                "--set",
                "feed.coins=all",
                "--set",
                "feed.subscribe-per-second=1000",
                "--set",
                "ops.port=0");
    }

    /** Live left its bars over a kill and a clean stop; a replay makes the same, and notices when it does not. */
    private void assertVerified() throws IOException {
        CommandRun equal = CommandRun.of("replay", "--journal", journal(), "--verify");
        assertEquals(0, equal.code(), equal.err() + equal.out());
        assertTrue(equal.out().contains(" 0 different, 0 unverified"), equal.out());
        Path none = dir.resolve("none");
        CommandRun nothing = CommandRun.of("replay", "--journal", journal(), "--verify", "--bars", none.toString());
        assertEquals(2, nothing.code(), nothing.err() + nothing.out());
        Path copy = Files.createDirectory(dir.resolve("copy"));
        try (Stream<Path> days = Files.list(dir.resolve("bars"))) {
            for (Path day : days.toList()) {
                byte[] bytes = Files.readAllBytes(day);
                bytes[bytes.length / 2] ^= 1;
                Files.write(copy.resolve(day.getFileName()), bytes);
            }
        }
        CommandRun damaged = CommandRun.of("replay", "--journal", journal(), "--verify", "--bars", copy.toString());
        assertEquals(3, damaged.code(), damaged.err() + damaged.out());
    }

    /** Every line has exactly the keys of the contract; the session headers tell why each session began. */
    private void assertStartReasons(String... expected) throws Exception {
        List<String> reasons = new ArrayList<>();
        try (Child cat = new Child(List.of("journal", "cat", "--json", "--kind", "session", journal()))) {
            for (String line : cat.outLines()) {
                assertTrue(
                        line.matches("\\{\"sequence\":\\d+,\"kind\":\"session\",\"source\":\"engine/0\","
                                + "\"receive_ns\":\\d+,\"crc_ok\":true,\"payload\":\".*\"}"),
                        line);
                Matcher reason = Pattern.compile("start-reason\\W+([a-z]+)").matcher(line);
                assertTrue(reason.find(), line);
                reasons.add(reason.group(1));
            }
        }
        assertEquals(List.of(expected), reasons);
    }

    private long verified() {
        CommandRun verify = CommandRun.of("journal", "verify", journal());
        assertEquals(0, verify.code(), verify.err());
        Matcher last = Pattern.compile("last sequence (\\d+)").matcher(verify.out());
        assertTrue(last.find(), verify.out());
        return Long.parseLong(last.group(1));
    }

    private String journal() {
        return dir.resolve("journal").toString();
    }

    private static String get(int port, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** A run of the program in a JVM of its own, with the flags of the package. */
    private static final class Child implements AutoCloseable {
        private final Process process;
        private final BufferedReader err;

        Child(List<String> arguments) throws IOException {
            process = ChildJvm.shortLived().start(arguments);
            err = process.errorReader(UTF_8);
        }

        long pid() {
            return process.pid();
        }

        /** Reads the state lines up to the connection; the port of ops is among them. */
        int awaitConnected() throws IOException {
            int port = 0;
            StringBuilder seen = new StringBuilder();
            String line = err.readLine();
            while (line != null && !line.contains("feed connected")) {
                seen.append(line).append('\n');
                Matcher matcher = PORT.matcher(line);
                port = matcher.find() ? Integer.parseInt(matcher.group(1)) : port;
                line = err.readLine();
            }
            assertTrue(line != null && port > 0, seen::toString);
            return port;
        }

        /** Reads on to a line that ends so. */
        String awaitLine(String end) throws IOException {
            String line = err.readLine();
            while (line != null && !line.endsWith(end)) {
                line = err.readLine();
            }
            return String.valueOf(line);
        }

        void signal() {
            process.toHandle().destroy(); // unlike the process, it leaves the streams open
        }

        int terminated() throws InterruptedException {
            signal();
            return exitCode();
        }

        int killed() throws InterruptedException {
            process.destroyForcibly();
            return exitCode();
        }

        private int exitCode() throws InterruptedException {
            assertTrue(process.waitFor(Waiting.PATIENCE_S, TimeUnit.SECONDS), "ends within shutdown.deadline");
            return process.exitValue();
        }

        String lastLine() {
            return err.lines().reduce("", (before, line) -> line);
        }

        List<String> outLines() throws InterruptedException {
            List<String> lines = process.inputReader(UTF_8).lines().toList();
            assertEquals(0, exitCode());
            return lines;
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
