package dev.millrace.journal;

import static dev.millrace.journal.RecordLayout.HEADER_BYTES;

import dev.millrace.market.EventSink;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Walks the sound records of one cycle file by its bytes alone, without Chronicle, which trusts them. What is damaged is
 * passed over: the next record is the next place whose header and CRC32C hold. One thread; changes nothing.
 *
 * <p>A Chronicle file is a row of documents, each at a multiple of four: a word, little-endian, then as many bytes as its
 * low 30 bits say. Bit 30 marks Chronicle's own (header, index), bit 31 what is not finished; a word of 0 is free space.
 */
final class CycleScan implements Closeable {

    private static final int WORD = 4;
    private static final int META = 0x4000_0000;
    private static final int UNFINISHED = 0x8000_0000;
    private static final int END_OF_FILE = META | UNFINISHED;
    /** Follows it: one byte for a text of three letters, then EOF. */
    private static final int END_OF_FILE_TEXT = 0x464F_45C3;

    private static final int LENGTH = 0x3FFF_FFFF;
    private static final int WINDOW_BYTES = 1 << 20;
    private static final int LONGEST = HEADER_BYTES + EventSink.MAX_PAYLOAD;

    private static final ByteBuffer ZEROS = ByteBuffer.allocate(WINDOW_BYTES).asReadOnlyBuffer();

    private final FileChannel channel;
    private final String file;
    private final long size;
    /** Behind are only zeros. */
    private final long stored;

    private final RecordHeader header = new RecordHeader();
    private ByteBuffer window = ByteBuffer.allocate(WINDOW_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private long windowStart;
    private long position;
    private long start;
    private byte[] payload = new byte[0];
    private long lastSequence;
    private String damage;

    private CycleScan(FileChannel channel, String file, long stored) throws IOException {
        this.channel = channel;
        this.file = file;
        this.stored = stored;
        size = channel.size();
        window.limit(0);
    }

    static CycleScan open(Path file) throws IOException {
        long stored = SparseFile.storedBytes(file);
        return new CycleScan(
                FileChannel.open(file, StandardOpenOption.READ),
                file.getFileName().toString(),
                stored);
    }

    /** Whether the file begins as Chronicle's files do; without that Chronicle cannot open it. */
    static boolean hasHeader(Path file) {
        try (CycleScan scan = open(file)) {
            return (scan.wordAt(0) & (META | UNFINISHED)) == META;
        } catch (NoSuchFileException ignored) {
            return true; // compressed meanwhile, whole
        } catch (IOException e) {
            throw new JournalException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** Whether the file ends with the mark behind which Chronicle appends nothing more. */
    static boolean isEnded(Path file) throws IOException {
        long used = SparseFile.usedBytes(file);
        try (CycleScan scan = open(file)) {
            long mark = used - 2 * WORD;
            return mark >= 0
                    && used % WORD == 0
                    && scan.wordAt(mark) == END_OF_FILE
                    && scan.wordAt(mark + WORD) == END_OF_FILE_TEXT;
        }
    }

    /**
     * Goes to the next sound record.
     *
     * @return false when there is none behind; {@link #damage} then tells whether something else is
     * @throws NewerFormatException when a later Millrace wrote the record
     */
    boolean next() throws IOException {
        damage = null;
        while (true) {
            int word = wordAt(position);
            if (word == END_OF_FILE) {
                return false;
            }
            if (isRecord(position)) {
                take();
                return true;
            }
            boolean own = (word & (META | UNFINISHED)) == META && position + WORD + (word & LENGTH) <= size;
            if (own && damage == null) {
                position = behind(position, word & LENGTH);
            } else {
                return findBehind(word);
            }
        }
    }

    /** Makes the current record the next one again. */
    void again() {
        position = start;
        lastSequence = 0;
    }

    /** Nothing sound is at the position: looks for it at every multiple of four behind. */
    private boolean findBehind(int word) throws IOException {
        long broken = position;
        for (long at = behindZeros(broken + WORD); at + WORD + HEADER_BYTES <= size; at = behindZeros(at + WORD)) {
            if (isRecord(at)) {
                damage = "no sound record from byte " + broken + " to " + at;
                position = at;
                take();
                return true;
            }
        }
        boolean free = word == 0 || (word & UNFINISHED) != 0;
        damage = free ? null : "no sound record from byte " + broken + " on";
        return false;
    }

    /** The next word that is not 0, or the end: most of a file that is being written is free space. */
    private long behindZeros(long from) throws IOException {
        long at = from;
        while (at + WORD <= stored && wordAt(at) == 0) {
            int start = (int) (at - windowStart);
            int present = Math.min(window.limit() - start, ZEROS.capacity());
            int different = window.slice(start, present).mismatch(ZEROS.slice(0, present));
            at += (different < 0 ? present : different) & -WORD;
        }
        return at + WORD <= stored ? at : size;
    }

    private void take() {
        start = position;
        lastSequence = header.sequence();
        if (header.version() > RecordLayout.VERSION) {
            throw new NewerFormatException(file, lastSequence, header.version());
        }
        position = behind(position, HEADER_BYTES + header.length());
    }

    private static long behind(long at, int length) {
        return at + WORD + (long) ((length + WORD - 1) / WORD) * WORD;
    }

    /** Reads header and payload when the place holds a sound record that follows the last one. */
    private boolean isRecord(long at) throws IOException {
        int length = wordAt(at);
        if (length < HEADER_BYTES || length > LONGEST || at + WORD + length > size) {
            return false;
        }
        if (wordAt(at + WORD + RecordLayout.LENGTH_OFFSET) != length - HEADER_BYTES) {
            return false;
        }
        read(at + WORD, header.bytes(), HEADER_BYTES);
        int payloadLength = length - HEADER_BYTES;
        if (header.sequence() <= lastSequence) {
            return false;
        }
        if (payload.length < payloadLength) {
            payload = new byte[Math.max(payloadLength, 2 * payload.length)];
        }
        read(at + WORD + HEADER_BYTES, payload, payloadLength);
        return header.checksum(payload, payloadLength) == header.crc();
    }

    /** 0 where the file has ended. */
    private int wordAt(long at) throws IOException {
        if (at + WORD > size) {
            return 0;
        }
        fill(at, WORD);
        return window.getInt((int) (at - windowStart));
    }

    private void read(long at, byte[] into, int length) throws IOException {
        fill(at, length);
        window.get((int) (at - windowStart), into, 0, length);
    }

    /** Brings these bytes, which the file has, into the window. */
    private void fill(long at, int length) throws IOException {
        if (at >= windowStart && at + length <= windowStart + window.limit()) {
            return;
        }
        if (length > window.capacity()) {
            window = ByteBuffer.allocate(length + WINDOW_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        }
        window.clear();
        windowStart = at;
        int read = 0;
        while (window.position() < length && read >= 0) {
            read = channel.read(window, at + window.position());
        }
        window.flip();
        if (window.limit() < length) {
            throw new IOException(file + " became shorter while it was read");
        }
    }

    /** The current record's header; valid until the next call of {@link #next}. */
    RecordHeader header() {
        return header;
    }

    /** The current record's payload, {@link RecordHeader#length} bytes of it. */
    byte[] payload() {
        return payload;
    }

    /** What was passed over before the current record, or lies behind the last; null when nothing did. */
    String damage() {
        return damage;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
