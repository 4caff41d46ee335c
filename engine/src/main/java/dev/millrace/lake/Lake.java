package dev.millrace.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * A lake to read, in any process, also while it is being written. For any thread; each {@link PartitionReader} is for one.
 */
public final class Lake {

    /** What is said about partitions lies apart from them: other readers take every file of a partition for rows. */
    private static final String CERTIFICATES = "_certificates";

    /** Where files lie that are not what was written. */
    private static final String DAMAGED = "_damaged";

    /** Where the files without rows lie. */
    static final String EMPTY = "_empty";

    private static final String TEMPORARY = ".tmp";

    private final Path folder;

    /** @param folder root; it need not be there yet */
    public Lake(Path folder) {
        this.folder = folder;
    }

    public Path folder() {
        return folder;
    }

    /** Where certificates of partitions lie; no partition is under it. */
    public Path certificates() {
        return folder.resolve(CERTIFICATES);
    }

    /** Where the file of a partition lies when it was set aside; not a name that ends as those of the lake. */
    Path damaged(Partition partition) {
        return folder.resolve(DAMAGED).resolve(partition.path() + DAMAGED);
    }

    /** The file of a partition, whether it is there or not. */
    public Path file(Partition partition) {
        return folder.resolve(partition.path());
    }

    public boolean holds(Partition partition) {
        return Files.isRegularFile(file(partition));
    }

    /** What is there, by dataset, symbol and day; strays are left out, {@link #verify} names them. */
    public List<Partition> partitions() {
        return files().stream()
                .map(file -> Partition.of(folder.relativize(file)))
                .flatMap(Optional::stream)
                .sorted()
                .toList();
    }

    /**
     * The rows of a partition, after a look at its checksum.
     *
     * @throws LakeDamagedException when it is not as it was written, naming the file
     */
    public PartitionReader read(Partition partition) {
        return PartitionReader.open(file(partition), partition.dataset().schema());
    }

    /** What the footer of a partition says; reads no more than that. */
    public PartitionFacts facts(Partition partition) {
        return PartitionReader.facts(file(partition), partition.dataset().schema());
    }

    /**
     * Reads a whole partition and recomputes its digest.
     *
     * @throws LakeDamagedException naming the file and the first fact that differs
     */
    public PartitionFacts verify(Partition partition) {
        return PartitionCheck.run(
                file(partition), partition, partition.dataset().schema());
    }

    /**
     * Reads everything.
     *
     * @param doneBytes told after each file how many of {@link #bytes} are done
     */
    public LakeVerification verify(LongConsumer doneBytes) {
        long partitions = 0;
        long rows = 0;
        long bytes = 0;
        List<String> problems = new ArrayList<>();
        for (Path file : files()) {
            Optional<Partition> partition = Partition.of(folder.relativize(file));
            bytes += size(file);
            if (partition.isEmpty()) {
                problems.add(file + ": it is no file of the lake; other readers may take it for rows: move it away");
            } else {
                try {
                    rows += verify(partition.get()).rows();
                    partitions++;
                } catch (LakeException e) {
                    problems.add(e.getMessage());
                }
            }
            doneBytes.accept(bytes);
        }
        return new LakeVerification(partitions, rows, bytes, problems);
    }

    /** Size of all files. */
    public long bytes() {
        return files().stream().mapToLong(Lake::size).sum();
    }

    /** Size of a partition's file. */
    public long bytes(Partition partition) {
        return size(file(partition));
    }

    static Path temporary(Path file) {
        return file.resolveSibling(file.getFileName() + TEMPORARY);
    }

    /** Whether a path relative to the lake is that of a partition being written. */
    static boolean isTemporary(Path path) {
        String name = path.toString();
        return name.endsWith(TEMPORARY)
                && Partition.of(Path.of(name.substring(0, name.length() - TEMPORARY.length())))
                        .isPresent();
    }

    /** All files of rows, and strays; not certificates, what was set aside, what has no rows or is being written. */
    private List<Path> files() {
        if (!Files.isDirectory(folder)) {
            throw new LakeException("there is no folder " + folder + "; name the lake's");
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> !file.startsWith(certificates()))
                    .filter(file -> !file.startsWith(folder.resolve(DAMAGED)))
                    .filter(file -> !file.startsWith(folder.resolve(EMPTY)))
                    .filter(file -> !file.equals(folder.resolve(DeletedFiles.NAME)))
                    .filter(Files::isRegularFile)
                    .filter(file -> !isTemporary(folder.relativize(file)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new LakeException("cannot list " + folder + ": " + LakeFiles.reason(e), e);
        } catch (UncheckedIOException e) {
            throw new LakeException("cannot list " + folder + ": " + LakeFiles.reason(e.getCause()), e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new LakeException("cannot read " + file + ": " + LakeFiles.reason(e), e);
        }
    }
}
