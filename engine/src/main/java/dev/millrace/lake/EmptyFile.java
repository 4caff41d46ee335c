package dev.millrace.lake;

import dev.millrace.tables.Dataset;
import dev.millrace.tables.Schema;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * A file with the columns of a dataset and no rows, apart from all partitions. DuckDB plans each query over many files by the
 * first of them alone, so with this one in front no partition that is torn or foreign is in the way of the others' rows.
 */
public final class EmptyFile {

    private EmptyFile() {}

    /** Where it lies, in a path like a partition's; whether it is there or not. */
    public static Path of(Dataset dataset, Path lake) {
        return lake.resolve(Lake.EMPTY)
                .resolve(dataset.label() + "-" + dataset.schema().version())
                .resolve("symbol=_")
                .resolve("date=1970-01-01")
                .resolve(dataset.label() + ".empty"); // other readers take every .parquet below the lake for rows
    }

    /**
     * Makes it where it is not there yet. For the one process that holds the store's lock.
     *
     * @throws LakeException when the folder cannot be written
     */
    public static void make(Dataset dataset, Path lake) {
        Path file = of(dataset, lake);
        if (Files.exists(file)) {
            return;
        }
        Path temporary = Lake.temporary(file);
        try {
            LakeFiles.createFolders(file.getParent());
            write(dataset.schema(), temporary);
            LakeFiles.publish(temporary, file);
        } catch (IOException e) {
            throw new LakeException("cannot write " + file + ": " + LakeFiles.reason(e), e);
        }
    }

    private static void write(Schema schema, Path temporary) throws IOException {
        try (FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            new RowFileWriter(channel, schema, Compression.ZSTD, Map::of).close();
            channel.force(true);
        }
    }
}
