package dev.millrace.benchmarks.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The exchange's end of one WebSocket, as much of it as a client needs: the handshake, acknowledgements, pongs, and the
 * answer to the close. A thread of its own reads; the sender's thread writes beside it.
 */
final class ServerSide {

    private static final Pattern KEY = Pattern.compile("(?i)Sec-WebSocket-Key:\\s*(\\S+)");
    /** What a client asks for, which its acknowledgement repeats. */
    private static final Pattern SUBSCRIPTION = Pattern.compile("\"subscription\":(\\{[^}]*})");

    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int MASK_BYTES = 4;

    private final SocketChannel socket;
    private final ByteBuffer in = ByteBuffer.allocate(1 << 16);
    private final CompletableFuture<Long> closed = new CompletableFuture<>();
    private volatile long lastSubscribedNs;
    private final AtomicInteger subscriptions = new AtomicInteger();

    ServerSide(SocketChannel socket) throws IOException {
        this.socket = socket;
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        shakeHands();
        Thread reader = new Thread(this::read, "load-reader");
        reader.setDaemon(true);
        reader.start();
    }

    /** Blocks while the socket takes no more; frames of two threads never mix. */
    synchronized void write(ByteBuffer frames) throws IOException {
        while (frames.hasRemaining()) {
            socket.write(frames);
        }
    }

    /** Completes with the moment when the client's close frame was here. */
    CompletableFuture<Long> closed() {
        return closed;
    }

    /** Acknowledged so far. */
    int subscriptions() {
        return subscriptions.get();
    }

    long lastSubscribedNs() {
        return lastSubscribedNs;
    }

    private void shakeHands() throws IOException {
        StringBuilder request = new StringBuilder();
        while (request.indexOf("\r\n\r\n") < 0) {
            fill();
            request.append(StandardCharsets.US_ASCII.decode(in.flip()));
            in.clear();
        }
        Matcher key = KEY.matcher(request);
        if (!key.find()) {
            throw new IOException("no WebSocket handshake but: " + request);
        }
        String answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Accept: " + accept(key.group(1)) + "\r\n\r\n";
        write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String accept(String key) {
        try {
            byte[] text = (key + MAGIC).getBytes(StandardCharsets.US_ASCII);
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    private void read() {
        try {
            boolean open = true;
            while (open) {
                fill();
                open = takeFrames();
            }
        } catch (IOException e) {
            closed.completeExceptionally(e);
        }
    }

    private void fill() throws IOException {
        if (socket.read(in) < 0) {
            throw new EOFException("the client closed its socket without a close frame");
        }
    }

    /** Handles the whole frames that are here; false after a close. */
    private boolean takeFrames() throws IOException {
        int at = 0;
        boolean open = true;
        while (open) {
            int mask = WireFrames.payloadAt(in, at, in.position());
            if (mask < 0 || mask + MASK_BYTES + WireFrames.length(in, at) > in.position()) {
                break;
            }
            byte[] payload = unmask(mask, WireFrames.length(in, at));
            open = take(WireFrames.opcode(in, at), payload);
            at = mask + MASK_BYTES + payload.length;
        }
        in.flip().position(at);
        in.compact();
        return open;
    }

    private byte[] unmask(int mask, int length) {
        byte[] payload = new byte[length];
        for (int i = 0; i < length; i++) {
            payload[i] = (byte) (in.get(mask + MASK_BYTES + i) ^ in.get(mask + i % MASK_BYTES));
        }
        return payload;
    }

    private boolean take(int opcode, byte[] payload) throws IOException {
        switch (opcode) {
            case WireFrames.CLOSE -> closed.complete(System.nanoTime());
            case WireFrames.PING -> write(WireFrames.of(WireFrames.PONG, payload));
            case WireFrames.TEXT -> answer(new String(payload, StandardCharsets.UTF_8));
            default -> {
                // A pong, to a ping nobody sent.
            }
        }
        return opcode != WireFrames.CLOSE;
    }

    private void answer(String text) throws IOException {
        Matcher asked = SUBSCRIPTION.matcher(text);
        if (asked.find()) {
            send("{\"channel\":\"subscriptionResponse\",\"data\":{\"method\":\"subscribe\",\"subscription\":"
                    + asked.group(1) + "}}");
            lastSubscribedNs = System.nanoTime();
            subscriptions.incrementAndGet();
        } else if (text.contains("\"ping\"")) {
            send("{\"channel\":\"pong\"}");
        }
    }

    private void send(String text) throws IOException {
        write(WireFrames.of(WireFrames.TEXT, text.getBytes(StandardCharsets.UTF_8)));
    }
}
