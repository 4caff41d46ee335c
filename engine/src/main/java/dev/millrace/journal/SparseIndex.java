package dev.millrace.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.zip.CRC32C;

/**
 * The file {@code sequence.index}: every so many records one entry, appended by {@code md-journal-sync}. It only saves
 * reading: a seek starts at an entry and checks what it finds, so a missing, cut or foreign index costs time and never a
 * wrong answer. Little-endian, 32 bytes an entry:
 *
 * <pre>
 *  0          8                   16                24        28       32
 *  +----------+-------------------+-----------------+---------+--------+
 *  | sequence | latest receive ns | Chronicle index | version | CRC32C |
 *  +----------+-------------------+-----------------+---------+--------+
 * </pre>
 *
 * <p>Latest receive ns is the greatest receive time of all records before this one. It never falls from entry to entry,
 * though receive times themselves do at imports and clock steps; so "the first record at or after T" has one answer.
 */
final class SparseIndex {

    static final int ENTRY_BYTES = 32;
    private static final int VERSION = 1;
    private static final int CRC_OFFSET = 28;

    /** One entry. */
    record Entry(long sequence, long latestBeforeNs, long index) {}

    private SparseIndex() {}

    /** The sound entries up to the first that is not; none when there is no file. */
    static List<Entry> load(Path dir) throws IOException {
        Path file = dir.resolve(JournalFolder.INDEX_NAME);
        if (!Files.exists(file)) {
            return List.of();
        }
        return decode(ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN));
    }

    private static List<Entry> decode(ByteBuffer bytes) {
        List<Entry> entries = new ArrayList<>(bytes.remaining() / ENTRY_BYTES);
        for (int at = 0; at + ENTRY_BYTES <= bytes.limit(); at += ENTRY_BYTES) {
            boolean sound = bytes.getInt(at + 24) == VERSION && bytes.getInt(at + CRC_OFFSET) == checksum(bytes, at);
            Entry entry = new Entry(bytes.getLong(at), bytes.getLong(at + 8), bytes.getLong(at + 16));
            if (!sound || !follows(entries, entry)) {
                break;
            }
            entries.add(entry);
        }
        return entries;
    }

    private static boolean follows(List<Entry> entries, Entry entry) {
        if (entries.isEmpty()) {
            return true;
        }
        Entry last = entries.get(entries.size() - 1);
        return entry.sequence > last.sequence
                && entry.index > last.index
                && entry.latestBeforeNs >= last.latestBeforeNs;
    }

    /** The last entry for which this holds, where it holds for none behind one for which it does not; null for none. */
    static Entry last(List<Entry> entries, Predicate<Entry> holds) {
        int low = 0;
        int high = entries.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (holds.test(entries.get(middle))) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 ? null : entries.get(low - 1);
    }

    /** Opens the file to append after so many entries; anything behind them is cut off. */
    static FileChannel openToAppend(Path dir, int entries) throws IOException {
        FileChannel channel = FileChannel.open(
                dir.resolve(JournalFolder.INDEX_NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        long end = (long) entries * ENTRY_BYTES;
        return channel.truncate(end).position(end);
    }

    /** Puts these entries in the place of all, at once, and opens the file to append behind them. */
    static FileChannel replace(Path dir, List<Entry> entries) throws IOException {
        Path file = dir.resolve(JournalFolder.INDEX_NAME);
        Path temporary = CycleArchive.temporary(file);
        try (FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            for (Entry entry : entries) {
                append(channel, entry);
            }
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        return openToAppend(dir, entries.size());
    }

    static void append(FileChannel channel, Entry entry) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(ENTRY_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(entry.sequence)
                .putLong(entry.latestBeforeNs)
                .putLong(entry.index)
                .putInt(VERSION);
        bytes.putInt(checksum(bytes, 0)).flip();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static int checksum(ByteBuffer bytes, int at) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.slice(at, CRC_OFFSET));
        return (int) crc.getValue();
    }
}
