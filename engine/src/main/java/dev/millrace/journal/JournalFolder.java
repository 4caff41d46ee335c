package dev.millrace.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import net.openhft.chronicle.core.time.TimeProvider;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.impl.single.TableStoreWriteLock;
import net.openhft.chronicle.threads.BusyTimedPauser;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of a journal: hourly cycle files {@code yyyyMMdd-HHF.cq4} (UTC, by the time of writing), Chronicle's
 * {@code metadata.cq4t}, the sparse index and the writer's lock; closed hours may be compressed, see {@link CycleFile}.
 */
final class JournalFolder {

    private static final Logger LOG = LoggerFactory.getLogger(JournalFolder.class);
    /** Rolls on the full hour UTC, whatever the zone of the machine. */
    static final RollCycles ROLL = RollCycles.FAST_HOURLY;

    static final String CYCLE_SUFFIX = ".cq4";
    static final String INDEX_NAME = "sequence.index";
    static final String LOCK_NAME = "writer.lock";
    static final String METADATA_NAME = "metadata.cq4t";
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("yyyyMMdd-HH", Locale.ROOT);
    private static final int HOUR_LENGTH = "yyyyMMdd-HH".length();

    private JournalFolder() {}

    /**
     * Creates the folder when it is missing. The caller holds the writer's lock or owns the folder, so whoever left
     * Chronicle's own lock taken is dead; it keeps only a process id, which may be another process's by now.
     */
    static SingleChronicleQueue openToWrite(Path dir, TimeProvider rollClock) {
        SingleChronicleQueue queue = build(dir, rollClock);
        new TableStoreWriteLock(queue.metaStore(), BusyTimedPauser::new, 0L).forceUnlock();
        if (queue.rollCycle() != ROLL) {
            queue.close();
            throw new JournalException("journal " + dir + " rolls " + queue.rollCycle() + " by its " + METADATA_NAME
                    + "; Millrace writes " + ROLL + ": use another folder");
        }
        return queue;
    }

    /** Chronicle's own file holds nothing that the cycle files do not tell: a damaged one is set aside and made again. */
    private static SingleChronicleQueue build(Path dir, TimeProvider rollClock) {
        try {
            SingleChronicleQueue queue = builder(dir).timeProvider(rollClock).build();
            if (!queue.metaStore().readOnly() && isListed(dir, queue)) {
                return queue;
            }
            queue.close();
        } catch (RuntimeException e) {
            LOG.warn("cannot use {} of {}, making it again: {}", METADATA_NAME, dir, e.toString());
        }
        setMetadataAside(dir);
        return builder(dir).timeProvider(rollClock).build();
    }

    private static boolean isListed(Path dir, SingleChronicleQueue queue) {
        List<Path> files = cycleFiles(dir);
        return files.isEmpty() || TimeUnit.HOURS.toMillis(queue.lastCycle()) == startMs(files.get(files.size() - 1));
    }

    private static void setMetadataAside(Path dir) {
        try {
            Path damaged = Files.createDirectories(dir.resolve(CycleSalvage.DAMAGED_NAME));
            Path metadata = dir.resolve(METADATA_NAME);
            Files.move(metadata, damaged.resolve(METADATA_NAME), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new JournalException("cannot set the damaged " + dir.resolve(METADATA_NAME) + " aside: " + e, e);
        }
    }

    /** Null when there is none. */
    static Path newest(Path dir) {
        List<Path> files = cycleFiles(dir);
        return files.isEmpty() ? null : files.get(files.size() - 1);
    }

    static String name(Path file) {
        return file.getFileName().toString();
    }

    /** When the hour of a cycle file begins, ms since 1970. */
    static long startMs(Path file) {
        return LocalDateTime.parse(name(file).substring(0, HOUR_LENGTH), HOUR)
                .toInstant(ZoneOffset.UTC)
                .toEpochMilli();
    }

    /** Opens without changing a byte: Chronicle itself would accept a folder that is not there. */
    static SingleChronicleQueue openToRead(Path dir) {
        if (!Files.isDirectory(dir)) {
            String what = Files.exists(dir) ? "it is a file; name the folder" : "the folder does not exist";
            throw new JournalException("no journal at " + dir + ": " + what);
        }
        if (!isWrittenByChronicle(dir) && CycleFile.list(dir).isEmpty()) {
            throw new JournalException("no journal at " + dir + ": the folder holds no " + CYCLE_SUFFIX + " files");
        }
        requireHeaders(dir);
        return builder(dir).readOnly(true).build();
    }

    /** Chronicle would wait many seconds for a header that never comes. The newest may just be being made. */
    private static void requireHeaders(Path dir) {
        List<Path> files = cycleFiles(dir);
        for (Path file : files.subList(0, Math.max(0, files.size() - 1))) {
            if (!CycleScan.hasHeader(file)) {
                throw new JournalDamagedException(
                        name(file),
                        0,
                        "its first page is gone; millrace run sets the file aside and keeps the records that are sound",
                        null);
            }
        }
    }

    /** A queue over restored files, which nobody else reads. */
    static SingleChronicleQueue openScratch(Path dir) {
        return builder(dir).build();
    }

    private static boolean isWrittenByChronicle(Path dir) {
        return Files.exists(dir.resolve(METADATA_NAME));
    }

    /** Forces a file, or a folder's names, to disk. */
    static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** The cycle files, oldest first: their names sort by time. */
    static List<Path> cycleFiles(Path dir) {
        try (Stream<Path> files = Files.list(dir)) {
            return files.filter(file -> file.getFileName().toString().endsWith(CYCLE_SUFFIX))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new JournalException("cannot list the journal folder " + dir + ": " + e.getMessage(), e);
        }
    }

    private static SingleChronicleQueueBuilder builder(Path dir) {
        return SingleChronicleQueueBuilder.binary(dir).rollCycle(ROLL).blockSize(RecordLayout.BLOCK_BYTES);
    }
}
