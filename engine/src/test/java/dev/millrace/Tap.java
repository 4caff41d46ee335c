package dev.millrace;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Lines between a client and an exchange, of sockets alone: it notes each message on its way to the client byte for byte,
 * can add one of its own to the newest line, and can cut them all.
 */
final class Tap implements AutoCloseable {

    private static final int TEXT = 1;
    private static final int LAST_FRAGMENT = 0x80;

    private final ServerSocket listening;
    private final URI exchange;
    private final List<byte[]> messages = new ArrayList<>();
    /** Both of each line. */
    private final List<Socket> ends = new ArrayList<>();
    /** Of the newest line. */
    private Socket client;

    private boolean upgraded;
    private boolean mended = true;
    private int cutAt = Integer.MAX_VALUE;

    Tap(URI exchange) throws IOException {
        this.exchange = exchange;
        listening = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    URI wsUrl() {
        return URI.create("ws://127.0.0.1:" + listening.getLocalPort() + "/ws");
    }

    /** What was passed on so far. */
    synchronized List<byte[]> messages() {
        return List.copyOf(messages);
    }

    /** Sends a message of the test's own between two of the exchange's. */
    synchronized void add(byte[] payload) throws IOException {
        if (!upgraded) {
            throw new IOException("no client is connected to tell " + payload.length + " bytes");
        }
        ByteBuffer header = ByteBuffer.allocate(10).put((byte) (LAST_FRAGMENT | TEXT));
        if (payload.length < 126) {
            header.put((byte) payload.length);
        } else if (payload.length < 1 << 16) {
            header.put((byte) 126).putShort((short) payload.length);
        } else {
            header.put((byte) 127).putLong(payload.length);
        }
        pass(header.array(), header.position(), TEXT, payload, client.getOutputStream());
    }

    /** Ends every connection without a word, new ones too until {@link #mend}. */
    synchronized void cut() throws IOException {
        mended = false;
        notifyAll();
        upgraded = false;
        for (Socket end : ends) {
            end.close();
        }
        ends.clear();
    }

    /** Cuts in the place of this message, counted from 1. */
    synchronized void cutAt(int message) {
        cutAt = message;
    }

    /** Waits until {@link #cutAt} has come. */
    synchronized void awaitCut() throws InterruptedException {
        while (mended) {
            wait();
        }
    }

    synchronized void mend() {
        mended = true;
    }

    @Override
    public void close() throws IOException {
        listening.close();
        synchronized (this) {
            if (client != null) {
                cut();
            }
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket from = listening.accept();
                if (!isMended()) {
                    from.close();
                    continue;
                }
                Socket to = new Socket(exchange.getHost(), exchange.getPort());
                from.setTcpNoDelay(true);
                synchronized (this) {
                    client = from;
                    ends.add(from);
                    ends.add(to);
                    upgraded = false;
                }
                daemon(() -> copy(from, to));
                daemon(() -> note(to, from));
            }
        } catch (IOException ignored) {
            // The listening socket was closed: the end of the test.
        }
    }

    private synchronized boolean isMended() {
        return mended;
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException ignored) {
            // One end left; both are closed now, which the client under test sees.
        }
    }

    private void note(Socket from, Socket to) {
        try (from;
                to) {
            DataInputStream in = new DataInputStream(from.getInputStream());
            passHandshake(in, to.getOutputStream());
            synchronized (this) {
                upgraded = client == to;
            }
            byte[] header = new byte[10];
            while (true) {
                in.readFully(header, 0, 2);
                int more = (header[1] & 0x7F) < 126 ? 0 : (header[1] & 0x7F) == 126 ? 2 : 8;
                in.readFully(header, 2, more);
                byte[] payload = new byte[length(header)];
                in.readFully(payload);
                synchronized (this) {
                    pass(header, 2 + more, header[0] & 0x0F, payload, to.getOutputStream());
                }
            }
        } catch (IOException ignored) {
            // One end left; both are closed now, which the client under test sees.
        }
    }

    private void pass(byte[] header, int headerBytes, int opcode, byte[] payload, OutputStream out) throws IOException {
        if (opcode == TEXT) {
            messages.add(payload);
        }
        if (messages.size() >= cutAt) {
            cutAt = Integer.MAX_VALUE;
            cut();
            return;
        }
        out.write(header, 0, headerBytes);
        out.write(payload);
    }

    private static int length(byte[] header) {
        ByteBuffer all = ByteBuffer.wrap(header);
        int first = header[1] & 0x7F;
        if (first < 126) {
            return first;
        }
        return first == 126 ? all.getShort(2) & 0xFFFF : Math.toIntExact(all.getLong(2));
    }

    private static void passHandshake(InputStream in, OutputStream out) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the exchange left during the handshake");
            }
            head.append((char) next);
            out.write(next);
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "tap");
        thread.setDaemon(true);
        thread.start();
    }
}
