package dev.millrace.lake;

import dev.millrace.tables.RowCursor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Writes partitions. Each replacement is atomic and durable when the call returns: temporary file, forced to the disk, read
 * back and compared, renamed, folder forced. A call that fails, or a process that dies in it, leaves the partition as it was.
 * For one thread, in the one process that holds the store's lock.
 */
public final class LakeWriter {

    private final Lake lake;
    private final Compression compression;
    private final String program;

    /**
     * Opens the lake, creates its folder, and removes what a killed writer left half written.
     *
     * @param folder root, {@code data.lake}
     * @param program name and version for the footers: {@code millrace 0.1.0}
     * @throws LakeException when the folder cannot be written
     */
    public LakeWriter(Path folder, Compression compression, String program) {
        lake = new Lake(folder);
        this.compression = compression;
        this.program = program;
        try {
            LakeFiles.createFolders(folder);
            if (!Files.isWritable(folder)) {
                throw new IOException("no permission, or a disk that is mounted read-only");
            }
            sweep(folder);
        } catch (IOException e) {
            throw new LakeException(
                    "cannot write the lake " + folder + ": " + LakeFiles.reason(e)
                            + "; set data.lake to a folder that this user may write",
                    e);
        }
    }

    /** The same lake to read. */
    public Lake lake() {
        return lake;
    }

    /**
     * Makes these rows the whole partition; what it held before is gone.
     *
     * @param rows at least one, ascending by key without repeats; closed by this call, also when it fails
     * @param sequences the journal's records they were made from
     * @throws IllegalArgumentException when a row breaks the order, lacks a value or belongs elsewhere
     */
    public PartitionFacts replace(Partition partition, RowCursor rows, SequenceRange sequences) {
        return write(partition, rows, sequences, Room.Wish.FOR_GOOD, Optional.empty());
    }

    /** Likewise, of a day that is under way: it is replaced again before long. */
    public PartitionFacts replaceForNow(Partition partition, RowCursor rows, SequenceRange sequences) {
        return write(partition, rows, sequences, Room.Wish.FOR_NOW, Optional.empty());
    }

    /** @param there what a sound file says that is to stay where the new one would say the same */
    private PartitionFacts write(
            Partition partition,
            RowCursor rows,
            SequenceRange sequences,
            Room.Wish wish,
            Optional<PartitionFacts> there) {
        try (rows;
                PartitionWriter writer = PartitionWriter.create(
                        lake.folder(), partition, partition.dataset().schema(), wish, compression, program)) {
            while (rows.next()) {
                writer.write(rows.row());
            }
            PartitionFacts facts = writer.finish(sequences);
            if (there.equals(Optional.of(facts))) {
                return facts;
            }
            if (!writer.fits()) { // more rows than foreseen: the same once more, where room has no end
                return write(partition, writer.read(), sequences, Room.Wish.BEHIND, there);
            }
            writer.publish();
            return facts;
        }
    }

    /**
     * Adds rows to a partition, or begins it: a row of a key that is there already replaces the old one, unless the dataset
     * names a column that says which is later and the old one is. The same rows once more change nothing.
     *
     * @param rows at least one, ascending by key without repeats; closed by this call, also when it fails
     * @param sequences the journal's records they were made from; joined with those of the rows that are there
     * @throws LakeDamagedException when what is there cannot be read; {@link #replace} would do
     */
    public PartitionFacts merge(Partition partition, RowCursor rows, SequenceRange sequences) {
        try (rows) {
            if (!lake.holds(partition)) {
                return replace(partition, rows, sequences);
            }
            PartitionReader there = lake.read(partition);
            SequenceRange all = there.facts().sequences().and(sequences);
            MergedRows merged = new MergedRows(partition.dataset().schema(), there, rows);
            return write(partition, merged, all, Room.Wish.FOR_GOOD, Optional.of(there.facts()));
        }
    }

    /** Deletes a partition; nothing where there is none. */
    public void delete(Partition partition) {
        if (lake.holds(partition)) {
            Path file = lake.file(partition);
            try {
                new DeletedFiles(lake.folder()).add(file);
                LakeFiles.delete(file, lake.folder());
            } catch (IOException e) {
                throw new LakeException("cannot delete " + file + ": " + LakeFiles.reason(e), e);
            }
        }
    }

    /**
     * Moves a partition's file, as it is, to where no reader takes it for rows.
     *
     * @return where it lies now
     */
    public static Path setAside(Lake lake, Partition partition) {
        Path aside = lake.damaged(partition);
        try {
            LakeFiles.createFolders(aside.getParent());
            new DeletedFiles(lake.folder()).add(lake.file(partition));
            LakeFiles.publish(lake.file(partition), aside);
            return aside;
        } catch (IOException e) {
            throw new LakeException(
                    "cannot set " + lake.file(partition) + " aside as " + aside + ": " + LakeFiles.reason(e), e);
        }
    }

    private static void sweep(Path folder) throws IOException {
        List<Path> leftovers;
        try (Stream<Path> files = Files.walk(folder)) {
            leftovers = files.filter(file -> Lake.isTemporary(folder.relativize(file)))
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        for (Path leftover : leftovers) {
            Files.delete(leftover);
        }
    }
}
