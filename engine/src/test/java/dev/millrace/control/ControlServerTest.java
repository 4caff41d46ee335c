package dev.millrace.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command line asks, the daemon answers, whole or with a reason. */
class ControlServerTest {

    private static final Map<String, ControlCommand> COMMANDS = Map.of(
            "count",
            (request, reply) -> {
                for (long i = 1; i <= (Long) request.get("to"); i++) {
                    reply.send(Map.of("number", i));
                }
            },
            "fail",
            (request, reply) -> {
                reply.send(Map.of("number", 0));
                throw new IllegalStateException("no such thing");
            });

    @TempDir
    Path folder;

    private ControlServer server;

    @AfterEach
    void close() {
        if (server != null) {
            server.close();
        }
    }

    private void listen() {
        server = ControlServer.start(socket(), COMMANDS);
    }

    @Test
    void shouldAnswerLineByLine() {
        List<Object> numbers = new ArrayList<>();
        listen();
        assertTrue(client().ask(Map.of("command", "count", "to", 3), line -> numbers.add(line.get("number"))));
        assertEquals(List.of(1L, 2L, 3L), numbers);
    }

    @Test
    void shouldTellWhyItFailed() {
        List<Object> lines = new ArrayList<>();
        listen();
        ControlException failed =
                assertThrows(ControlException.class, () -> client().ask(Map.of("command", "fail"), lines::add));
        assertEquals("no such thing", failed.getMessage());
        assertEquals(1, lines.size());
        ControlException unknown =
                assertThrows(ControlException.class, () -> client().ask(Map.of("command", "dance"), lines::add));
        assertTrue(unknown.getMessage().contains("'dance'"), unknown::getMessage);
    }

    @Test
    void shouldAnswerTheOwnerAlone() throws IOException {
        listen();
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())));
        server.close();
        assertFalse(Files.exists(socket()));
    }

    @Test
    void shouldReplaceTheSocketOfAKilledProcess() throws IOException {
        assertFalse(client().ask(Map.of("command", "count"), line -> {}), "nobody listens");
        ControlServer killed = ControlServer.start(socket(), COMMANDS);
        Path kept = Files.createLink(folder.resolve("kept"), socket());
        killed.close();
        Files.move(kept, socket());
        assertFalse(client().ask(Map.of("command", "count"), line -> {}), "nobody listens any more");
        listen();
        assertTrue(client().ask(Map.of("command", "count", "to", 0), line -> {}));
    }

    @Test
    void shouldSurviveRequestsThatAreNone() throws IOException {
        listen();
        for (String nonsense : List.of("", "\n", "[]\n", "{\"command\":", "{\"command\":7}\n", "\0\0\0\n")) {
            try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                channel.connect(UnixDomainSocketAddress.of(socket()));
                OutputStream out = Channels.newOutputStream(channel);
                out.write(nonsense.getBytes(StandardCharsets.UTF_8));
                channel.shutdownOutput();
                ByteBuffer answer = ByteBuffer.allocate(1 << 16);
                while (channel.read(answer) >= 0) {
                    assertTrue(answer.hasRemaining());
                }
            }
        }
        assertTrue(client().ask(Map.of("command", "count", "to", 1), line -> {}));
    }

    @Test
    void shouldSayWhenThePathIsTooLong() {
        Path deep = folder.resolve("d".repeat(120)).resolve("control.sock");
        ControlException refused = assertThrows(ControlException.class, () -> ControlServer.start(deep, COMMANDS));
        assertTrue(refused.getMessage().startsWith("cannot listen on " + deep), refused::getMessage);
    }

    private Path socket() {
        return folder.resolve("control.sock");
    }

    private ControlClient client() {
        return new ControlClient(socket());
    }
}
