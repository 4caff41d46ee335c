package dev.millrace.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import net.openhft.chronicle.core.time.TimeProvider;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;

/**
 * The folder of a journal: hourly cycle files {@code yyyyMMdd-HHF.cq4} (UTC, by the time of writing), Chronicle's
 * {@code metadata.cq4t}, the sparse index and the writer's lock; closed hours may be compressed, see {@link CycleFile}.
 */
final class JournalFolder {

    /** Rolls on the full hour UTC, whatever the zone of the machine. */
    static final RollCycles ROLL = RollCycles.FAST_HOURLY;

    static final String CYCLE_SUFFIX = ".cq4";
    static final String INDEX_NAME = "sequence.index";
    static final String LOCK_NAME = "writer.lock";
    private static final String METADATA_NAME = "metadata.cq4t";

    private JournalFolder() {}

    /** Creates the folder when it is missing. */
    static SingleChronicleQueue openToWrite(Path dir, TimeProvider rollClock) {
        SingleChronicleQueue queue = builder(dir).timeProvider(rollClock).build();
        if (queue.rollCycle() != ROLL) {
            queue.close();
            throw new JournalException("journal " + dir + " rolls " + queue.rollCycle() + " by its " + METADATA_NAME
                    + "; Millrace writes " + ROLL + ": use another folder");
        }
        return queue;
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
        return builder(dir).readOnly(true).build();
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
