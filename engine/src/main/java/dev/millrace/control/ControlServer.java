package dev.millrace.control;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.net.ExtendedSocketOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens on {@code control.sock}. A connection carries one request, named by its member {@code command}. Who connects
 * must be the user that runs the daemon, or root; the kernel vouches for it.
 */
public final class ControlServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);
    private static final int MAX_CONNECTIONS = 16;
    private static final int MAX_REQUEST_BYTES = 1024 * 1024;
    private static final long REQUEST_SECONDS = 10;
    /** An answer that is complete is written out; the last one of a handover lets the next process begin. */
    private static final long LAST_WORDS_MS = 1_000;

    private static final long IDLE_SECONDS = 10;

    private final Path file;
    private final Map<String, ControlCommand> commands;
    private final String owner = System.getProperty("user.name");
    private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService impatience =
            Executors.newSingleThreadScheduledExecutor(named("md-control-timeout"));
    private final ThreadPoolExecutor answering = new ThreadPoolExecutor(
            0, MAX_CONNECTIONS, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), named("md-control"));
    private final ServerSocketChannel listener;
    private final Thread accepting = named("md-control-accept").newThread(this::accept);

    private ControlServer(Path file, Map<String, ControlCommand> commands) throws IOException {
        this.file = file;
        this.commands = Map.copyOf(commands);
        Files.deleteIfExists(file); // of a process that was killed: the caller holds the role's lock
        listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            listener.bind(UnixDomainSocketAddress.of(file));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException | RuntimeException e) {
            listener.close();
            throw e;
        }
    }

    /**
     * Starts to listen. The caller holds the role that the socket belongs to.
     *
     * @param file the socket; one left by a killed process is replaced
     * @throws ControlException when it cannot be bound; a path of more than about 100 bytes cannot
     */
    public static ControlServer start(Path file, Map<String, ControlCommand> commands) {
        try {
            ControlServer server = new ControlServer(file, commands);
            server.accepting.start();
            return server;
        } catch (IOException | RuntimeException e) {
            throw new ControlException("cannot listen on " + file + ": " + e.getMessage(), e);
        }
    }

    private void accept() {
        while (listener.isOpen()) {
            try {
                answer(listener.accept());
            } catch (ClosedChannelException ignored) {
                return; // the server was closed
            } catch (IOException e) {
                LOG.warn("cannot accept on {}: {}", file, e.getMessage());
            }
        }
    }

    private void answer(SocketChannel connection) {
        connections.add(connection);
        try {
            answering.execute(() -> serve(connection));
        } catch (RejectedExecutionException e) {
            LOG.warn("more than {} requests at once on {}: one was turned away", MAX_CONNECTIONS, file);
            connections.remove(connection);
            close(connection);
        }
    }

    private void serve(SocketChannel connection) {
        try (connection;
                InputStream in = new BufferedInputStream(Channels.newInputStream(connection));
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(connection))) {
            requireOwner(connection);
            ScheduledFuture<?> limit = impatience.schedule(() -> close(connection), REQUEST_SECONDS, TimeUnit.SECONDS);
            Map<String, Object> request = Lines.read(in, MAX_REQUEST_BYTES);
            limit.cancel(false);
            if (request != null) {
                answer(request, out);
            }
        } catch (IOException e) {
            LOG.info("a request on {} ended early: {}", file, e.getMessage());
        } finally {
            connections.remove(connection);
        }
    }

    private void answer(Map<String, Object> request, OutputStream out) throws IOException {
        Object name = request.get("command");
        ControlCommand command = name instanceof String text ? commands.get(text) : null;
        if (command == null) {
            Lines.write(Map.of("error", "no command '" + name + "'; this daemon knows " + commands.keySet()), out);
            return;
        }
        try {
            command.answer(request, line -> Lines.write(line, out));
            Lines.write(Map.of("end", true), out);
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            LOG.warn("{} failed: {}", name, e.getMessage());
            Lines.write(Map.of("error", String.valueOf(e.getMessage())), out);
        }
    }

    private void requireOwner(SocketChannel connection) throws IOException {
        String user =
                connection.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
        if (!user.equals(owner) && !user.equals("root")) {
            throw new IOException("user " + user + " is not " + owner + ", who runs the daemon");
        }
    }

    private void close(SocketChannel connection) {
        try {
            connection.close();
        } catch (IOException e) {
            LOG.warn("cannot close a connection on {}: {}", file, e.getMessage());
        }
    }

    /** Stops listening; requests under way may end within a second and are cut off then. */
    @Override
    public void close() {
        try {
            listener.close();
            accepting.join(LAST_WORDS_MS); // until it has left, the socket still takes who connects
            Files.deleteIfExists(file);
            answering.shutdown();
            if (!answering.awaitTermination(LAST_WORDS_MS, TimeUnit.MILLISECONDS)) {
                LOG.info("closing {}: a request under way is cut off", file);
            }
        } catch (IOException e) {
            throw new ControlException("cannot close " + file + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            // Who closes is in a hurry: the requests are cut off now.
            Thread.currentThread().interrupt();
        } finally {
            connections.forEach(this::close);
            answering.shutdownNow();
            impatience.shutdownNow();
        }
    }

    private static ThreadFactory named(String name) {
        AtomicInteger count = new AtomicInteger();
        return work -> {
            int number = count.getAndIncrement();
            Thread thread = new Thread(work, number == 0 ? name : name + "-" + number);
            thread.setDaemon(true);
            return thread;
        };
    }
}
