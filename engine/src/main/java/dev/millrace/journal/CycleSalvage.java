package dev.millrace.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import java.util.stream.Stream;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;

/**
 * Sets a cycle file aside and puts a sound one with the records worth keeping in its place, byte for byte. At every moment
 * one of the two is there under the file's name: a death in between only means to begin again.
 */
final class CycleSalvage {

    static final String DAMAGED_NAME = "damaged";
    private static final String SALVAGE_NAME = "salvage";
    /** Chronicle's own index and words in the copy, and what is touched ahead. */
    private static final long ROOM_BESIDE = 4L << 20;

    private CycleSalvage() {}

    /**
     * Keeps the file unchanged in {@code damaged/}, where it is never overwritten.
     *
     * @param kept which sequences stay in the journal
     * @return where the file is now
     */
    static Path setAside(Path dir, Path file, LongPredicate kept) throws IOException {
        Path damaged = Files.createDirectories(dir.resolve(DAMAGED_NAME));
        Path sound = copy(dir, file, kept);
        Path aside = damaged.resolve(JournalFolder.name(file));
        for (int number = 2; Files.exists(aside); number++) {
            aside = damaged.resolve(JournalFolder.name(file) + "." + number);
        }
        if (sound == null) {
            Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
        } else {
            link(file, aside);
            replace(dir, sound, file);
        }
        force(damaged);
        forget(dir);
        return aside;
    }

    /** Puts a copy of its sound records in the file's place. */
    static void rewrite(Path dir, Path file) throws IOException {
        Path sound = copy(dir, file, sequence -> true);
        if (sound == null) {
            Files.delete(file);
        } else {
            replace(dir, sound, file);
        }
        forget(dir);
    }

    /** What a death in the middle of this has left. */
    static void removeLeftovers(Path dir) throws IOException {
        Path salvage = dir.resolve(SALVAGE_NAME);
        if (Files.exists(salvage)) {
            try (Stream<Path> walk = Files.walk(salvage)) {
                for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    /** Chronicle's places have changed: its listing and our index are made again from the files. */
    private static void forget(Path dir) throws IOException {
        Files.deleteIfExists(dir.resolve(JournalFolder.METADATA_NAME));
        Files.deleteIfExists(dir.resolve(JournalFolder.INDEX_NAME));
        removeLeftovers(dir);
        force(dir);
    }

    /** A file system without hard links gets a copy. */
    private static void link(Path file, Path aside) throws IOException {
        try {
            Files.createLink(aside, file);
        } catch (UnsupportedOperationException ignored) { // the message of this one only repeats its name
            Files.copy(file, aside);
            force(aside);
        }
    }

    private static void replace(Path dir, Path sound, Path file) throws IOException {
        force(sound);
        Files.move(sound, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        force(dir);
    }

    /** Gives the new file, under the same name in a folder of its own; null when no record is kept. */
    private static Path copy(Path dir, Path file, LongPredicate kept) throws IOException {
        removeLeftovers(dir);
        requireRoom(dir, file);
        Path salvage = dir.resolve(SALVAGE_NAME);
        long records = 0;
        RollClock clock = new RollClock(() -> 0);
        clock.advanceTo(JournalFolder.startMs(file));
        try (SingleChronicleQueue queue = JournalFolder.openToWrite(salvage, clock);
                ExcerptAppender appender = queue.createAppender();
                CycleScan scan = CycleScan.open(file)) {
            while (scan.next()) {
                if (kept.test(scan.header().sequence())) {
                    append(appender, scan);
                    records++;
                }
            }
            if (!file.equals(JournalFolder.newest(dir))) {
                close(clock, appender);
            }
        }
        return records == 0 ? null : salvage.resolve(JournalFolder.name(file));
    }

    /** A full disk would be met as a fault in the mapped copy. */
    private static void requireRoom(Path dir, Path file) throws IOException {
        long free = dir.toFile().getUsableSpace();
        long needed = records(file) + ROOM_BESIDE;
        if (free < needed) {
            throw new JournalException("the repair of " + file + " needs " + (needed >> 20)
                    + " MiB free for a copy, there are " + (free >> 20) + " MiB; make room and start again");
        }
    }

    /** Bytes up to the last record that can be made out; the file itself is as large as its map, and sparse. */
    private static long records(Path file) throws IOException {
        long bytes = 0;
        try (CycleScan scan = CycleScan.open(file)) {
            while (scan.next()) {
                bytes += RecordLayout.HEADER_BYTES + scan.header().length() + Long.BYTES;
            }
        }
        return bytes;
    }

    /** Rolling writes the mark that sends readers on to the next file; the file begun by it is thrown away. */
    private static void close(RollClock clock, ExcerptAppender appender) {
        clock.advanceTo(clock.currentTimeMillis() + TimeUnit.HOURS.toMillis(1));
        try (DocumentContext document = appender.writingDocument()) {
            document.wire().bytes().writeByte((byte) 0);
        }
    }

    private static void append(ExcerptAppender appender, CycleScan scan) {
        try (DocumentContext document = appender.writingDocument()) {
            Bytes<?> bytes = document.wire().bytes();
            bytes.write(scan.header().bytes());
            bytes.write(scan.payload(), 0, scan.header().length());
        }
    }

    private static void force(Path path) throws IOException {
        StandardOpenOption mode = Files.isDirectory(path) ? StandardOpenOption.READ : StandardOpenOption.WRITE;
        try (FileChannel channel = FileChannel.open(path, mode)) {
            channel.force(false);
        }
    }
}
