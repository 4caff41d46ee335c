package dev.millrace.lake;

import dev.millrace.tables.Column;
import dev.millrace.tables.ColumnType;
import dev.millrace.tables.Row;
import dev.millrace.tables.RowDigest;
import dev.millrace.tables.Schema;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Writes one partition under its temporary name, beside the file it is to replace. Nothing is to be seen of it until {@link
 * #finish} has written, forced and read it all back and {@link #publish} gives it the name: a partition is replaced by a whole
 * one or not at all. For one thread.
 *
 * <p>What is held in memory is one row group, about 16 MiB encoded, whatever the number of rows.
 */
final class PartitionWriter implements AutoCloseable {

    private static final long DAY_MICROS = TimeUnit.DAYS.toMicros(1);

    private final Partition partition;
    private final Schema schema;
    private final Path file;
    private final Path temporary;
    private final String program;
    private final FileChannel channel;
    private final Room room;
    private final RowFileWriter parquet;
    private final RowDigest digest;
    private final Row last;
    private long rows;
    private PartitionFacts facts;

    private PartitionWriter(
            Partition partition,
            Schema schema,
            Path lake,
            Path file,
            Path temporary,
            Room.Wish wish,
            Compression compression,
            String program)
            throws IOException {
        this.partition = partition;
        this.schema = schema;
        this.file = file;
        this.temporary = temporary;
        this.program = program;
        digest = new RowDigest(schema, partition.symbol(), partition.date());
        last = new Row(schema);
        Files.deleteIfExists(temporary); // who still reads from it goes on
        channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        room = Room.beside(lake, file, wish, temporary);
        parquet = new RowFileWriter(channel, room.begin(), schema, compression, () -> facts.toFooter());
    }

    /**
     * @param lake root folder
     * @param wish where the rows are to lie
     * @param program name and version for the footer
     */
    static PartitionWriter create(
            Path lake, Partition partition, Schema schema, Room.Wish wish, Compression compression, String program) {
        Path file = lake.resolve(partition.path());
        Path temporary = Lake.temporary(file);
        try {
            LakeFiles.createFolders(file.getParent());
            return new PartitionWriter(partition, schema, lake, file, temporary, wish, compression, program);
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    /**
     * Writes a row. Its symbol and date may be left unset.
     *
     * @throws IllegalArgumentException when it is not behind the last one, lacks a value, or belongs elsewhere
     */
    void write(Row row) {
        complete(row);
        if (rows > 0 && schema.compareKeys(last, row) >= 0) {
            throw new IllegalArgumentException(partition + ": rows must ascend by " + names(schema.key())
                    + " without repeats; " + row + " follows " + last);
        }
        try {
            parquet.write(row);
        } catch (IOException e) {
            throw failed(file, e);
        }
        digest.add(row);
        last.set(row);
        rows++;
    }

    /**
     * Completes the file: forced to the disk, read back and compared.
     *
     * @throws IllegalStateException without a row: a partition without rows has no file
     */
    PartitionFacts finish(SequenceRange sequences) {
        if (rows == 0) {
            throw new IllegalStateException(partition + " has no rows; a partition without rows has no file");
        }
        facts = new PartitionFacts(
                schema.name(),
                partition.symbol(),
                partition.date(),
                schema.version(),
                sequences,
                rows,
                digest.hex(),
                program);
        try {
            parquet.close();
            force();
            readBack();
        } catch (IOException e) {
            throw failed(file, e);
        }
        return facts;
    }

    /** Whether what was finished stays within the room it was given. */
    boolean fits() {
        try {
            return Files.size(temporary) <= room.end();
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    /** What was finished, to be read whatever becomes of its temporary name. */
    PartitionReader read() {
        return PartitionReader.open(temporary, schema);
    }

    /** Makes what was finished the partition's file. */
    void publish() {
        try {
            LakeFiles.publish(temporary, file);
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    /** Removes what was written when it has not been finished. Parquet itself holds nothing but memory. */
    @Override
    public void close() {
        try {
            channel.close();
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private void force() throws IOException {
        FileChecksum.seal(channel);
        channel.force(true);
        channel.close();
    }

    private void readBack() {
        PartitionFacts read = PartitionCheck.run(temporary, partition, schema);
        if (!read.equals(facts)) {
            throw new LakeDamagedException(temporary + " reads back as " + read + "; written was " + facts);
        }
    }

    private void complete(Row row) {
        if (row.isNull(Schema.SYMBOL)) {
            row.setText(Schema.SYMBOL, partition.symbol());
        }
        if (row.isNull(Schema.DATE)) {
            row.setLong(Schema.DATE, partition.date().toEpochDay());
        }
        List<Column> columns = schema.columns();
        for (int i = 0; i < columns.size(); i++) {
            if (row.isNull(i) && columns.get(i).required()) {
                throw new IllegalArgumentException(
                        partition + ": " + columns.get(i).name() + " is not set in " + row);
            }
            if (!row.isNull(i) && columns.get(i).type() == ColumnType.DOUBLE && !Double.isFinite(row.doubleAt(i))) {
                throw new IllegalArgumentException(
                        partition + ": " + columns.get(i).name() + " is not finite in " + row);
            }
        }
        requirePlace(partition, row);
    }

    /** A row belongs to the partition of its symbol and its day. */
    static void requirePlace(Partition partition, Row row) {
        long day = Math.floorDiv(row.longAt(row.schema().time()), DAY_MICROS);
        boolean belongs = row.text(Schema.SYMBOL).equals(partition.symbol())
                && row.longAt(Schema.DATE) == partition.date().toEpochDay()
                && day == partition.date().toEpochDay();
        if (!belongs) {
            throw new IllegalArgumentException(row + " does not belong into " + partition);
        }
    }

    private static List<String> names(List<Column> columns) {
        return columns.stream().map(Column::name).toList();
    }

    private static LakeException failed(Path file, IOException e) {
        return new LakeException("cannot write " + file + ": " + LakeFiles.reason(e), e);
    }
}
