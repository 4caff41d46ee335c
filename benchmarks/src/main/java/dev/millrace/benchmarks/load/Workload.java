package dev.millrace.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The messages of {@link WorkloadWriter}, mapped, and what is in each. Played again, their exchange times are overwritten
 * in place, in a private copy of the page: a client then sees new trades.
 */
final class Workload {

    private static final byte[] TIME = "\"time\":".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TID = "\"tid\":".getBytes(StandardCharsets.US_ASCII);
    private static final int TIME_DIGITS = 13;
    /** The channel's first letter in {@code {"channel":"trades"}}. */
    private static final int CHANNEL_AT = 12;

    private final ByteBuffer bytes;
    private int[] starts = new int[1 << 16];
    private byte[] trades = new byte[1 << 16];
    private boolean[] books = new boolean[1 << 16];
    private int count;
    private int tradeCount;
    private int bookCount;
    private int tradeFrames;

    private Workload(ByteBuffer bytes) {
        this.bytes = bytes;
        int at = 0;
        while (at < bytes.limit()) {
            at = index(at);
        }
        starts[count] = at;
    }

    static Workload open(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return new Workload(channel.map(FileChannel.MapMode.PRIVATE, 0, channel.size()));
        }
    }

    private int index(int at) {
        if (count + 1 == starts.length) {
            starts = Arrays.copyOf(starts, count * 2);
            trades = Arrays.copyOf(trades, count * 2);
            books = Arrays.copyOf(books, count * 2);
        }
        int payload = WireFrames.payloadAt(bytes, at, bytes.limit());
        int end = payload + WireFrames.length(bytes, at);
        starts[count] = at;
        byte channel = bytes.get(payload + CHANNEL_AT);
        books[count] = channel == 'l';
        trades[count] = channel == 't' ? occurrences(TID, payload, end) : 0;
        bookCount += books[count] ? 1 : 0;
        tradeFrames += trades[count] > 0 ? 1 : 0;
        tradeCount += trades[count++];
        return end;
    }

    /** Exchange time from the first message to behind the last one. */
    long spanMs() {
        int last = count - 1;
        while (find(TIME, starts[last], starts[last + 1]) < 0) {
            last--;
        }
        return timeAt(find(TIME, starts[last], starts[last + 1])) - WorkloadWriter.START_MS + 1;
    }

    private long timeAt(int at) {
        long time = 0;
        for (int i = 0; i < TIME_DIGITS; i++) {
            time = time * 10 + bytes.get(at + i) - '0';
        }
        return time;
    }

    /** Writes other exchange times into a message: this much later. */
    void shift(int message, long byMs) {
        int end = starts[message + 1];
        for (int at = find(TIME, starts[message], end); at >= 0; at = find(TIME, at, end)) {
            long shifted = timeAt(at) + byMs;
            for (int i = TIME_DIGITS - 1; i >= 0; i--, shifted /= 10) {
                bytes.put(at + i, (byte) ('0' + shifted % 10));
            }
            at += TIME_DIGITS;
        }
    }

    private byte occurrences(byte[] text, int from, int end) {
        byte found = 0;
        for (int at = find(text, from, end); at >= 0; at = find(text, at, end)) {
            found++;
        }
        return found;
    }

    /** Just behind the next occurrence, or −1. */
    private int find(byte[] text, int from, int end) {
        for (int at = from; at + text.length <= end; at++) {
            int same = 0;
            while (same < text.length && bytes.get(at + same) == text[same]) {
                same++;
            }
            if (same == text.length) {
                return at + same;
            }
        }
        return -1;
    }

    /** The messages in {@code [from, to)}, as they stand on the wire. */
    ByteBuffer wire(int from, int to) {
        return bytes.slice(starts[from], starts[to] - starts[from]);
    }

    /** The last message + 1 so that all from here are at most so many bytes; at least one message. */
    int upTo(int from, int to, int mostBytes) {
        int found = Arrays.binarySearch(starts, from + 1, to + 1, starts[from] + mostBytes);
        return Math.max(from + 1, found >= 0 ? found : -found - 2);
    }

    int count() {
        return count;
    }

    /** Trades in a message. */
    int trades(int message) {
        return trades[message];
    }

    boolean isBook(int message) {
        return books[message];
    }

    /** Trades in the first messages. */
    int tradesIn(int messages) {
        return IntStream.range(0, messages).map(i -> trades[i]).sum();
    }

    /** Books among the first messages. */
    int booksIn(int messages) {
        return (int) IntStream.range(0, messages).filter(i -> books[i]).count();
    }

    /** WebSocket headers included. */
    int byteCount() {
        return starts[count];
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%,d messages of %.0f bytes: %.1f %% trades (%.1f each), %.1f %% books, %.1f %% mids",
                count,
                (double) byteCount() / count,
                100.0 * tradeFrames / count,
                (double) tradeCount / tradeFrames,
                100.0 * bookCount / count,
                100.0 * (count - tradeFrames - bookCount) / count);
    }
}
