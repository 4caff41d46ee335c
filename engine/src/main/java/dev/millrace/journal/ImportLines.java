package dev.millrace.journal;

import dev.millrace.market.EventSink;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import net.jpountz.lz4.LZ4FrameInputStream;

/**
 * The lines of a file, plain, gzip or LZ4 frame, told apart by their first bytes. A line ends at a line feed, which is not
 * part of it; a carriage return is. The array is reused.
 */
final class ImportLines implements AutoCloseable {

    /** The longest frame and what an import form may put around it. */
    private static final int MAX_LINE = EventSink.MAX_PAYLOAD + 4_096;

    private static final int BUFFER = 64 * 1024;

    private final Counting file;
    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int limit;
    private byte[] line = new byte[4_096];
    private int length;
    private long number;

    ImportLines(Path path) throws IOException {
        file = new Counting(Files.newInputStream(path));
        boolean opened = false;
        try {
            in = decompress(new BufferedInputStream(file, BUFFER));
            opened = true;
        } finally {
            if (!opened) {
                file.close();
            }
        }
    }

    private static InputStream decompress(InputStream in) throws IOException {
        in.mark(4);
        byte[] magic = in.readNBytes(4);
        in.reset();
        if (magic.length >= 2 && magic[0] == 0x1F && magic[1] == (byte) 0x8B) {
            return new GZIPInputStream(in, BUFFER);
        }
        if (Arrays.equals(magic, new byte[] {0x04, 0x22, 0x4D, 0x18})) {
            return new LZ4FrameInputStream(in);
        }
        return in;
    }

    /** Reads the next line; false at the end. */
    boolean next() throws IOException {
        length = 0;
        number++;
        if (position == limit && !fill()) {
            number--;
            return false;
        }
        do {
            int end = position;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            append(end);
            if (end < limit) {
                position = end + 1;
                return true;
            }
        } while (fill());
        return true;
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(0, in.read(buffer, 0, buffer.length));
        return limit > 0;
    }

    private void append(int end) throws IOException {
        int more = end - position;
        if (length + more > MAX_LINE) {
            throw new IOException("the line is longer than " + MAX_LINE + " bytes");
        }
        if (length + more > line.length) {
            line = Arrays.copyOf(line, Math.max(length + more, line.length * 2));
        }
        System.arraycopy(buffer, position, line, length, more);
        length += more;
        position = end;
    }

    byte[] line() {
        return line;
    }

    int length() {
        return length;
    }

    /** Of the current line, from 1. */
    long number() {
        return number;
    }

    /** Bytes of the file as it lies on disk that were consumed so far. */
    long bytesDone() {
        return file.count;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private static final class Counting extends FilterInputStream {
        private long count;

        Counting(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            count += value < 0 ? 0 : 1;
            return value;
        }

        @Override
        public int read(byte[] into, int offset, int wanted) throws IOException {
            int got = super.read(into, offset, wanted);
            count += Math.max(0, got);
            return got;
        }
    }
}
