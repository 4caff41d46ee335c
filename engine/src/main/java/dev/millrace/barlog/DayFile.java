package dev.millrace.barlog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The log of one day while it is written. What stands in it from the resume position on is compared with what is made
 * again; only behind its end is anything appended, so a bar that live emitted is never overwritten. One thread.
 */
final class DayFile implements AutoCloseable {

    private static final int BUFFERED_RECORDS = 256;

    private final Path file;
    private final FileChannel channel;
    private final ByteBuffer pending = ByteBuffer.allocateDirect(BUFFERED_RECORDS * BarRecord.BYTES);
    private final UnsafeBuffer scratch = new UnsafeBuffer(ByteBuffer.allocateDirect(BarRecord.BYTES));
    private final Map<Integer, String> names = new HashMap<>();
    private DayReader logged;
    private boolean hasLogged;
    private boolean dirty;
    private long bytesCut;

    private DayFile(Path file) throws IOException {
        this.file = file;
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /**
     * Opens or creates the log of a day. Behind its last whole record it is cut; what was cut is kept beside it unless it
     * is less than a record.
     *
     * @param resumeAfter bars of records up to this sequence were made before and will not come again
     */
    static DayFile open(Path dir, long day, long resumeAfter) throws IOException {
        DayFile opened = new DayFile(DayLayout.log(dir, day));
        try {
            opened.prepare(day);
            opened.resume(day, resumeAfter);
            return opened;
        } catch (IOException | RuntimeException e) {
            opened.channel.close();
            throw e;
        }
    }

    private void prepare(long day) throws IOException {
        cutBehindLastSound(day);
        if (channel.size() == 0) {
            BarRecord.encodeHeader(day, scratch);
            append();
        }
        flush();
    }

    private void cutBehindLastSound(long day) throws IOException {
        try (DayReader reader = new DayReader(file, day)) {
            while (reader.next()) {
                names.put(BarRecord.symbol(reader.record()), reader.symbolName());
            }
            bytesCut = reader.bytesLeft();
            if (bytesCut >= BarRecord.BYTES) {
                Files.copy(file, DayLayout.damagedCopy(file), StandardCopyOption.REPLACE_EXISTING);
            }
            channel.truncate(reader.records() * BarRecord.BYTES);
            channel.position(channel.size());
        }
    }

    private void resume(long day, long resumeAfter) {
        logged = new DayReader(file, day);
        do {
            hasLogged = logged.next();
        } while (hasLogged && BarRecord.sequence(logged.record()) <= resumeAfter);
    }

    /** Sequence of the last record of a log; {@link Long#MAX_VALUE} when it is cut or damaged. */
    static long lastSequence(Path file) throws IOException {
        UnsafeBuffer last = new UnsafeBuffer(ByteBuffer.allocateDirect(BarRecord.BYTES));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            boolean whole = size > 0
                    && size % BarRecord.BYTES == 0
                    && channel.read(last.byteBuffer(), size - BarRecord.BYTES) == BarRecord.BYTES
                    && BarRecord.isSound(last);
            return whole ? BarRecord.sequence(last) : Long.MAX_VALUE;
        }
    }

    /** Bytes that were cut when it was opened. */
    long bytesCut() {
        return bytesCut;
    }

    Path file() {
        return file;
    }

    /** Whether bars stand in it that have not been made again. */
    boolean hasLogged() {
        return hasLogged;
    }

    /** Compares a bar that was made again with the next one that stands here. */
    Optional<BarDifference> compare(String symbol, UnsafeBuffer bar) {
        Optional<BarDifference> difference = BarDifference.between(logged.symbolName(), logged.record(), symbol, bar);
        hasLogged = logged.next();
        return difference;
    }

    /** Appends a bar, and before it the name of a symbol that is new here. */
    void append(String symbol, UnsafeBuffer bar) throws IOException {
        int number = BarRecord.symbol(bar);
        if (!symbol.equals(names.put(number, symbol))) {
            appendName(number, symbol, BarRecord.sequence(bar));
        }
        scratch.putBytes(0, bar, 0, BarRecord.BYTES);
        append();
    }

    /**
     * Takes out what stands here and was not made again: the journal has lost the records that made it.
     *
     * @return the first bar taken out
     */
    BarDifference cutUnmade() throws IOException {
        BarDifference first = BarDifference.notMade(logged.symbolName(), logged.record());
        Files.copy(file, DayLayout.damagedCopy(file), StandardCopyOption.REPLACE_EXISTING);
        channel.truncate((logged.records() - 1) * BarRecord.BYTES);
        channel.position(channel.size());
        names.clear(); // names that were cut too are written again
        hasLogged = false;
        dirty = true;
        return first;
    }

    private void appendName(int number, String symbol, long sequence) throws IOException {
        byte[] name = symbol.getBytes(StandardCharsets.UTF_8);
        for (int part = 0; part == 0 || part < name.length; part += BarRecord.NAME_BYTES) {
            BarRecord.encodeName(number, name, part, sequence, scratch);
            append();
        }
    }

    private void append() throws IOException {
        if (!pending.hasRemaining()) {
            flush();
        }
        BarRecord.seal(scratch);
        scratch.getBytes(0, pending, BarRecord.BYTES);
        dirty = true;
    }

    /** Hands what was appended to the operating system: it survives the process. */
    void flush() throws IOException {
        pending.flip();
        while (pending.hasRemaining()) {
            channel.write(pending);
        }
        pending.clear();
    }

    /** Forces it to the disk: it survives a loss of power. */
    void force() throws IOException {
        flush();
        if (dirty) {
            channel.force(false);
            dirty = false;
        }
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            force();
        } finally {
            logged.close();
        }
    }
}
