package dev.millrace.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Moments of the monotonic clock in order, collected by one thread without allocating and handed to another process as a
 * file: {@link System#nanoTime} counts from the same moment in all processes of a Linux machine.
 */
final class Stamps {

    private final long[] ns;
    private int count;

    /** @param capacity one more throws */
    Stamps(int capacity) {
        ns = new long[capacity];
    }

    void add(long stampNs) {
        ns[count++] = stampNs;
    }

    long get(int index) {
        return ns[index];
    }

    int count() {
        return count;
    }

    int capacity() {
        return ns.length;
    }

    void save(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count * Long.BYTES);
        bytes.asLongBuffer().put(ns, 0, count);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    static Stamps load(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            Stamps stamps = new Stamps(bytes.limit() / Long.BYTES);
            bytes.asLongBuffer().get(stamps.ns);
            stamps.count = stamps.ns.length;
            return stamps;
        }
    }
}
