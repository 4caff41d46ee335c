package dev.millrace;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Lines between clients and an exchange, of sockets alone: bytes pass as they are, and one line can be cut. */
final class Relay implements AutoCloseable {

    private final ServerSocket listening;
    private final URI exchange;
    private final List<Socket> clients = new ArrayList<>();

    Relay(URI exchange) throws IOException {
        this.exchange = exchange;
        listening = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    URI wsUrl() {
        return URI.create("ws://127.0.0.1:" + listening.getLocalPort() + "/ws");
    }

    /** Ends the line that has been there longest, without a word. */
    synchronized void cutOldest() throws IOException {
        clients.removeIf(Socket::isClosed);
        clients.remove(0).close();
    }

    @Override
    public synchronized void close() throws IOException {
        listening.close();
        for (Socket client : clients) {
            client.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                client.setTcpNoDelay(true);
                Socket server = new Socket(exchange.getHost(), exchange.getPort());
                synchronized (this) {
                    clients.add(client);
                }
                daemon(() -> copy(client, server));
                daemon(() -> copy(server, client));
            }
        } catch (IOException ignored) {
            // The listening socket was closed: the end of the test.
        }
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException ignored) {
            // One end left; both are closed now, which the client under test sees.
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "relay");
        thread.setDaemon(true);
        thread.start();
    }
}
