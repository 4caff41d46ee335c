package dev.millrace.journal;

import dev.millrace.market.RecordKind;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.wire.DocumentContext;

/** Writes and spoils records behind the writer's back. */
final class RawJournal {

    private RawJournal() {}

    /** Appends documents as they are, sound or not. */
    static void append(Path dir, long nowMs, byte[]... documents) {
        RollClock clock = new RollClock(() -> nowMs * 1_000_000);
        clock.advance();
        try (ChronicleQueue queue = JournalFolder.openToWrite(dir, clock);
                ExcerptAppender appender = queue.createAppender()) {
            for (byte[] bytes : documents) {
                try (DocumentContext document = appender.writingDocument()) {
                    document.wire().bytes().write(bytes);
                }
            }
        }
    }

    /** An encoded record; version and kind may be ones that do not exist yet. */
    static byte[] record(int version, int kind, long sequence, byte[] payload) {
        RecordHeader header = new RecordHeader();
        header.encode(RecordKind.FRAME.code(), sequence, 1, TestJournals.START_NS, payload, payload.length);
        byte[] whole = Arrays.copyOf(header.bytes(), RecordLayout.HEADER_BYTES + payload.length);
        System.arraycopy(payload, 0, whole, RecordLayout.HEADER_BYTES, payload.length);
        whole[RecordLayout.VERSION_OFFSET] = (byte) version;
        whole[RecordLayout.KIND_OFFSET] = (byte) kind;
        CRC32C crc = new CRC32C();
        crc.update(whole, 0, RecordLayout.CRC_OFFSET);
        crc.update(payload);
        for (int i = 0; i < Integer.BYTES; i++) {
            whole[RecordLayout.CRC_OFFSET + i] = (byte) (crc.getValue() >>> (8 * i));
        }
        return whole;
    }

    /** Where these bytes lie in the file, near its start. */
    static long find(Path file, byte[] wanted) throws IOException {
        byte[] start;
        try (var in = Files.newInputStream(file)) {
            start = in.readNBytes(1 << 20);
        }
        for (int at = 0; at + wanted.length <= start.length; at++) {
            if (Arrays.equals(start, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        throw new AssertionError(file + " does not hold the bytes");
    }

    /** Changes one byte. */
    static void flip(Path file, long position, int bits) throws IOException {
        try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
            access.seek(position);
            int value = access.read();
            access.seek(position);
            access.write(value ^ bits);
        }
    }
}
