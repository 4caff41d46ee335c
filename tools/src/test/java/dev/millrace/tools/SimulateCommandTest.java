package dev.millrace.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.Waiting;
import dev.millrace.simulator.faults.FaultKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulateCommandTest {

    @Test
    void shouldSayWhereItListensAndEndAfterTheDuration() throws Exception {
        PipedWriter output = new PipedWriter();
        BufferedReader printed = new BufferedReader(new PipedReader(output));
        Supplier<Integer> simulate = () -> Main.run(
                new PrintWriter(output),
                new PrintWriter(Writer.nullWriter()),
                "simulate",
                "--port",
                "0",
                "--coins",
                "BTC,NEW",
                "--rate",
                "max",
                "--duration",
                "50ms");
        // On a thread of its own: the WebSocket client needs the common pool, which has one thread on two cores.
        CompletableFuture<Integer> exit =
                CompletableFuture.supplyAsync(simulate, task -> new Thread(task, "simulate").start());
        String line = printed.readLine();
        assertTrue(line.matches("listening ws://127.0.0.1:(\\d+)/ws rest http://127.0.0.1:\\1"), line);
        CompletableFuture<Integer> closed = new CompletableFuture<>();
        WebSocket socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create(line.split(" ", -1)[1]), new Draining(closed))
                .get(Waiting.PATIENCE_S, TimeUnit.SECONDS);
        socket.sendText("{\"method\":\"subscribe\",\"subscription\":{\"type\":\"trades\",\"coin\":\"NEW\"}}", true)
                .get(Waiting.PATIENCE_S, TimeUnit.SECONDS);
        assertEquals(1000, closed.get(Waiting.PATIENCE_S, TimeUnit.SECONDS));
        assertEquals(0, exit.get(Waiting.PATIENCE_S, TimeUnit.SECONDS));
    }

    private record Draining(CompletableFuture<Integer> closed) implements WebSocket.Listener {
        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(code);
            return null;
        }
    }

    @Test
    void shouldRefuseWhatMakesNoSense(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("recording"), "{}\n");
        assertRefused(2, "max", "--rate", "fast");
        assertRefused(2, "30s", "--duration", "soon");
        assertRefused(2, "--file", "--loop");
        assertRefused(2, "--speed", "--file", file.toString(), "--rate", "5");
        assertRefused(2, "1x", "--file", file.toString(), "--speed", "slow");
        assertRefused(2, "twice", "--coins", "BTC,BTC");
        assertRefused(1, "absent.lz4", "--file", folder.resolve("absent.lz4").toString());
    }

    @Test
    void shouldListEveryFaultWithItsParameters() {
        CommandRun run = CommandRun.of("simulate", "--list-faults");
        assertEquals(0, run.code(), run::err);
        assertTrue(run.out().lines().allMatch(line -> line.length() <= 80), run.out());
        for (FaultKind kind : FaultKind.values()) {
            assertTrue(run.out().contains(kind.usage()) && run.out().contains(kind.description()), kind.text());
        }
    }

    @Test
    void shouldRefuseFaultsAndLimitsThatAreNone(@TempDir Path folder) throws IOException {
        Path script = Files.writeString(folder.resolve("script"), "1s cut\n2s cutt\n");
        assertRefused(2, "did you mean half-open?", "--fault", "half-opn");
        assertRefused(2, "did you mean how?", "--fault", "cut:hov=rst");
        assertRefused(2, "script line 2", "--script", script.toString());
        assertRefused(2, "own pace", "--fault", "delist", "--rate", "max");
        assertRefused(2, "write none, venue", "--limits", "conects=3");
        assertRefused(1, "absent", "--script", folder.resolve("absent").toString());
    }

    private static void assertRefused(int code, String hint, String... arguments) {
        CommandRun run = CommandRun.of(
                Stream.concat(Stream.of("simulate"), Stream.of(arguments)).toArray(String[]::new));
        assertEquals(code, run.code(), run::err);
        assertEquals(1, run.errLines().size(), run::err);
        assertTrue(run.err().contains(hint), run::err);
    }
}
