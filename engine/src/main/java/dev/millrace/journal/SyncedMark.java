package dev.millrace.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * The file {@code synced}: up to which record the journal is safe on disk, so that a start after a loss of power knows
 * what must read. Two slots of 128 bytes are written in turn and the later sound one counts; little-endian:
 *
 * <pre>
 *  0         4         8          16           24            40       76      124      128
 *  +---------+---------+----------+------------+-------------+---------+-------+--------+
 *  | version | closed  | sequence | generation | newest file | boot id | zeros | CRC32C |
 *  +---------+---------+----------+------------+-------------+---------+-------+--------+
 * </pre>
 *
 * <p>Closed is 1 after a clean end. Boot id is the kernel's: another one than now, without a clean end, means that the
 * power or the kernel went, and only then can pages be missing that were written. One thread at a time.
 */
final class SyncedMark implements Closeable {

    /** What the file says. */
    record Mark(long sequence, String newestFile, String bootId, boolean closed) {}

    static final String NAME = "synced";

    private static final int VERSION = 1;
    private static final int SLOT_BYTES = 128;
    private static final int FILE_OFFSET = 24;
    private static final int FILE_BYTES = 16;
    private static final int BOOT_OFFSET = 40;
    private static final int BOOT_BYTES = 36;
    private static final int CRC_OFFSET = 124;

    private final FileChannel channel;
    private final String bootId;
    private long generation;

    private SyncedMark(FileChannel channel, String bootId, long generation) {
        this.channel = channel;
        this.bootId = bootId;
        this.generation = generation;
    }

    static SyncedMark open(Path dir, String bootId) throws IOException {
        ByteBuffer last = load(dir);
        FileChannel channel = FileChannel.open(dir.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        return new SyncedMark(channel, bootId, last == null ? 0 : last.getLong(16));
    }

    /** What was written last; null when there is nothing sound. */
    static Mark read(Path dir) throws IOException {
        ByteBuffer slot = load(dir);
        return slot == null
                ? null
                : new Mark(
                        slot.getLong(8),
                        text(slot, FILE_OFFSET, FILE_BYTES),
                        text(slot, BOOT_OFFSET, BOOT_BYTES),
                        slot.getInt(4) == 1);
    }

    private static ByteBuffer load(Path dir) throws IOException {
        Path file = dir.resolve(NAME);
        if (!Files.exists(file)) {
            return null;
        }
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer latest = null;
        for (int at = 0; at + SLOT_BYTES <= bytes.length; at += SLOT_BYTES) {
            ByteBuffer slot = ByteBuffer.wrap(bytes, at, SLOT_BYTES).slice().order(ByteOrder.LITTLE_ENDIAN);
            boolean sound = slot.getInt(0) == VERSION && slot.getInt(CRC_OFFSET) == checksum(slot);
            if (sound && (latest == null || slot.getLong(16) > latest.getLong(16))) {
                latest = slot;
            }
        }
        return latest;
    }

    private static String text(ByteBuffer slot, int at, int length) {
        byte[] bytes = new byte[length];
        slot.get(at, bytes);
        return new String(bytes, StandardCharsets.US_ASCII).replace("\0", "");
    }

    /** Writes and forces it. */
    void write(long sequence, String newestFile, boolean closed) throws IOException {
        generation++;
        ByteBuffer slot = ByteBuffer.allocate(SLOT_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        slot.putInt(0, VERSION).putInt(4, closed ? 1 : 0).putLong(8, sequence).putLong(16, generation);
        put(slot, FILE_OFFSET, newestFile, FILE_BYTES);
        put(slot, BOOT_OFFSET, bootId, BOOT_BYTES);
        slot.putInt(CRC_OFFSET, checksum(slot));
        long at = generation % 2 * SLOT_BYTES;
        while (slot.hasRemaining()) {
            channel.write(slot, at + slot.position());
        }
        channel.force(false);
    }

    private static void put(ByteBuffer slot, int at, String text, int longest) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        slot.put(at, bytes, 0, Math.min(bytes.length, longest));
    }

    private static int checksum(ByteBuffer slot) {
        CRC32C crc = new CRC32C();
        crc.update(slot.slice(0, CRC_OFFSET));
        return (int) crc.getValue();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
