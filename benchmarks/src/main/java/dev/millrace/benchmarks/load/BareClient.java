package dev.millrace.benchmarks.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;

/**
 * A bare limit on the same cores with the same sender: a blocking socket whose frames are counted, and with {@code
 * bare=append} appended to a Chronicle queue besides. It reads nothing of what is in them.
 */
final class BareClient {

    static final String APPEND = "bare=append";

    /** As the journal's. */
    private static final int BLOCK_BYTES = 128 << 20;

    private static final int BUFFER_BYTES = 1 << 18;
    private static final String HANDSHAKE = String.join(
            "\r\n",
            "GET /ws HTTP/1.1",
            "Host: localhost",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "",
            "");
    private static final byte[] NO_MASK = new byte[4];

    private final SocketChannel socket;
    private final ByteBuffer in = ByteBuffer.allocate(BUFFER_BYTES);
    private final ExcerptAppender appender;
    private long frames;

    private BareClient(SocketChannel socket, ExcerptAppender appender) {
        this.socket = socket;
        this.appender = appender;
    }

    public static void main(String[] args) throws IOException {
        ClientArguments arguments = ClientArguments.parse(args);
        if (arguments.extra().equals(List.of(APPEND))) {
            try (SingleChronicleQueue queue = SingleChronicleQueueBuilder.binary(
                            arguments.folder().resolve("queue"))
                    .rollCycle(RollCycles.FAST_HOURLY)
                    .blockSize(BLOCK_BYTES)
                    .build()) {
                run(arguments, queue.createAppender());
            }
        } else {
            run(arguments, null);
        }
    }

    private static void run(ClientArguments arguments, ExcerptAppender appender) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), arguments.wsPort());
        try (SocketChannel socket = SocketChannel.open(address)) {
            new BareClient(socket, appender).run();
        }
    }

    private void run() throws IOException {
        write(HANDSHAKE);
        skipReply();
        write(WireFrames.TEXT, "{\"method\":\"subscribe\",\"subscription\":{\"type\":\"allMids\"}}");
        long cpuBeforeNs = Outcome.processCpuNs();
        while (takeFrames()) {
            fill();
        }
        long lastNs = System.nanoTime();
        write(WireFrames.CLOSE, "");
        Outcome.print(lastNs, cpuBeforeNs, 0);
        System.err.println("bare client: " + frames + " frames");
    }

    private void skipReply() throws IOException {
        String reply = "";
        while (!reply.endsWith("\r\n\r\n")) {
            fill();
            reply = new String(in.array(), 0, in.position(), StandardCharsets.US_ASCII);
        }
        in.clear();
    }

    private void fill() throws IOException {
        if (socket.read(in) < 0) {
            throw new EOFException("the sender closed its socket without a close frame");
        }
    }

    /** Takes the whole frames that are here; false after a close. */
    private boolean takeFrames() {
        int at = 0;
        boolean open = true;
        int payload = WireFrames.payloadAt(in, at, in.position());
        while (open && payload >= 0 && payload + WireFrames.length(in, at) <= in.position()) {
            int length = WireFrames.length(in, at);
            open = WireFrames.opcode(in, at) != WireFrames.CLOSE;
            if (appender != null && open) {
                append(payload, length);
            }
            frames++;
            at = payload + length;
            payload = WireFrames.payloadAt(in, at, in.position());
        }
        in.flip().position(at);
        in.compact();
        return open;
    }

    private void append(int payload, int length) {
        try (DocumentContext document = appender.writingDocument()) {
            document.wire().bytes().write(in.array(), payload, length);
        }
    }

    private void write(String text) throws IOException {
        write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    }

    /** A short frame; a mask of zeros changes nothing. */
    private void write(int opcode, String text) throws IOException {
        byte[] payload = text.getBytes(StandardCharsets.US_ASCII);
        write(ByteBuffer.allocate(6 + payload.length)
                .put((byte) (0x80 | opcode))
                .put((byte) (0x80 | payload.length))
                .put(NO_MASK)
                .put(payload)
                .flip());
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            socket.write(bytes);
        }
    }
}
