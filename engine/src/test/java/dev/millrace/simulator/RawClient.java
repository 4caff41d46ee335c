package dev.millrace.simulator;

import dev.millrace.Waiting;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A WebSocket client that shows frames as they are on the wire, and how the socket ended. */
final class RawClient implements AutoCloseable {

    private static final int PATIENCE_MS = 1_000 * Waiting.PATIENCE_S;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    /** Status of the upgrade; 101 when the socket is open. */
    private final int status;

    RawClient(Simulator simulator) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), simulator.port());
        socket.setSoTimeout(PATIENCE_MS);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        out = socket.getOutputStream();
        write("""
                GET /ws HTTP/1.1
                Host: localhost
                Upgrade: websocket
                Connection: Upgrade
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
                Sec-WebSocket-Version: 13

                """.replace("\n", "\r\n"));
        status = Integer.parseInt(line().split(" ", -1)[1]);
        while (!line().isEmpty()) {
            // the head ends at an empty line
        }
    }

    /** One frame as it came. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Frame(boolean last, int opcode, byte[] payload) {
        String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }
    }

    int status() {
        return status;
    }

    RawClient subscribe(String channel, String coin) throws IOException {
        send("{\"method\":\"subscribe\",\"subscription\":{\"type\":\"" + channel + "\",\"coin\":\"" + coin + "\"}}");
        return this;
    }

    RawClient unsubscribe(String channel, String coin) throws IOException {
        send("{\"method\":\"unsubscribe\",\"subscription\":{\"type\":\"" + channel + "\",\"coin\":\"" + coin + "\"}}");
        return this;
    }

    /** The texts of up to 125 bytes that clients send, masked with zeros. */
    void send(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.write(0x81);
        if (bytes.length < 126) {
            out.write(0x80 | bytes.length);
        } else {
            out.write(0x80 | 126);
            out.write(bytes.length >>> 8);
            out.write(bytes.length);
        }
        out.write(new byte[4]);
        out.write(bytes);
        out.flush();
    }

    /** The next frame; an EOFException when the socket ended by FIN, a SocketException when by RST. */
    Frame next() throws IOException {
        int head = in.readUnsignedByte();
        long length = in.readUnsignedByte();
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        byte[] payload = new byte[Math.toIntExact(length)];
        in.readFully(payload);
        return new Frame((head & 0x80) != 0, head & 0x0f, payload);
    }

    /** The next text that contains this; others are passed over. */
    String next(String part) throws IOException {
        String text = next().text();
        while (!text.contains(part)) {
            text = next().text();
        }
        return text;
    }

    List<String> next(String part, int count) throws IOException {
        List<String> texts = new ArrayList<>();
        while (texts.size() < count) {
            texts.add(next(part));
        }
        return texts;
    }

    /** Everything up to the pong that this asks for. */
    List<String> untilPong() throws IOException {
        send("{\"method\":\"ping\"}");
        List<String> texts = new ArrayList<>();
        for (String text = next().text(); !text.contains("\"pong\""); text = next().text()) {
            texts.add(text);
        }
        return texts;
    }

    /** Whether nothing at all comes for a while, neither bytes nor the end. */
    boolean isSilent(int forMs) throws IOException {
        socket.setSoTimeout(forMs);
        try {
            in.readByte();
            return false;
        } catch (SocketTimeoutException expected) {
            return true;
        } finally {
            socket.setSoTimeout(PATIENCE_MS);
        }
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
            if (c != 13) {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
