package dev.millrace.barlog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Reads the bars of one day in the order they left. Ends at the first record that is cut or damaged. One thread. */
final class DayReader implements AutoCloseable {

    private static final int RECORDS_AT_ONCE = 512;

    private final Path file;
    private final FileChannel channel;
    private final ByteBuffer buffer =
            ByteBuffer.allocateDirect(RECORDS_AT_ONCE * BarRecord.BYTES).limit(0);
    private final UnsafeBuffer record = new UnsafeBuffer(0, 0);
    private final Map<Integer, String> names = new HashMap<>();
    private byte[] name = {};
    private long records;

    /** @throws BarLogException when it is not the log of this day, as far as its first record tells */
    DayReader(Path file, long day) {
        this.file = file;
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ);
        } catch (IOException e) {
            throw new BarLogException("cannot open the bar log " + file + ": " + e.getMessage(), e);
        }
        if (nextRecord() && !BarRecord.isHeaderOf(day, record)) {
            close();
            throw new BarLogException(
                    file + " is not the bar log of its day, or one of a version that this program does not know");
        }
    }

    /** Moves to the next bar; false at the end, or at the first record that is not sound. */
    boolean next() {
        while (nextRecord()) {
            if (BarRecord.kind(record) == BarRecord.BAR) {
                return true;
            }
            takeName();
        }
        return false;
    }

    /** The bar read last; valid until the next. */
    DirectBuffer record() {
        return record;
    }

    /** The wire name of its symbol. */
    String symbolName() {
        return nameOf(BarRecord.symbol(record));
    }

    /** The name that this number has at this place of the file; null when it has none. */
    String nameOf(int symbol) {
        return names.get(symbol);
    }

    /** Sound records read, the header and names included. */
    long records() {
        return records;
    }

    Path file() {
        return file;
    }

    /** Bytes behind the last sound record; what they are worth is not known. */
    long bytesLeft() {
        try {
            return channel.size() - records * BarRecord.BYTES;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private boolean nextRecord() {
        if (buffer.remaining() < BarRecord.BYTES && !fill()) {
            return false;
        }
        record.wrap(buffer, buffer.position(), BarRecord.BYTES);
        if (!BarRecord.isSound(record)) {
            return false;
        }
        buffer.position(buffer.position() + BarRecord.BYTES);
        records++;
        return true;
    }

    private boolean fill() {
        buffer.compact();
        try {
            int read = channel.read(buffer);
            while (read > 0 && buffer.position() < BarRecord.BYTES) {
                read = channel.read(buffer);
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
        buffer.flip();
        return buffer.remaining() >= BarRecord.BYTES;
    }

    private void takeName() {
        int part = BarRecord.namePart(record);
        if (part == 0) {
            name = new byte[BarRecord.nameLength(record)];
        }
        int length = Math.min(BarRecord.NAME_BYTES, name.length - part);
        record.getBytes(24, name, part, length);
        if (part + length == name.length) {
            names.put(BarRecord.symbol(record), new String(name, StandardCharsets.UTF_8));
        }
    }

    private BarLogException unreadable(IOException e) {
        return new BarLogException("cannot read the bar log " + file + ": " + e.getMessage(), e);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }
}
