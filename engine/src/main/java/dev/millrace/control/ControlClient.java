package dev.millrace.control;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Asks a running daemon over its socket. Each request is a connection of its own. */
public final class ControlClient {

    private final Path file;

    /** @param file the daemon's socket; need not exist */
    public ControlClient(Path file) {
        this.file = file;
    }

    /**
     * Asks and takes the lines of the answer as they come.
     *
     * @param request its member {@code command} names the command
     * @return false when no daemon listens
     * @throws ControlException when the daemon refuses or its answer breaks off
     */
    public boolean ask(Map<String, ?> request, Consumer<Map<String, Object>> lines) {
        Optional<SocketChannel> connected = connect();
        if (connected.isEmpty()) {
            return false;
        }
        try (SocketChannel channel = connected.get();
                OutputStream out = Channels.newOutputStream(channel);
                InputStream in = new BufferedInputStream(Channels.newInputStream(channel))) {
            Lines.write(request, out);
            read(in, lines);
            return true;
        } catch (IOException e) {
            throw new ControlException("the daemon at " + file + " broke off: " + e.getMessage(), e);
        }
    }

    private Optional<SocketChannel> connect() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                channel.connect(UnixDomainSocketAddress.of(file));
                return Optional.of(channel);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (ConnectException ignored) {
            return Optional.empty(); // the socket of a process that was killed
        } catch (IOException | RuntimeException e) {
            throw new ControlException("cannot ask the daemon at " + file + ": " + e.getMessage(), e);
        }
    }

    private void read(InputStream in, Consumer<Map<String, Object>> lines) throws IOException {
        while (true) {
            Map<String, Object> line = Lines.read(in, Lines.MAX_BYTES);
            if (line == null) {
                throw new ControlException("the daemon at " + file + " ended in the middle of its answer");
            }
            if (line.containsKey("error")) {
                throw new ControlException(String.valueOf(line.get("error")));
            }
            if (line.containsKey("end")) {
                return;
            }
            lines.accept(line);
        }
    }
}
