package dev.millrace.lake;

import dev.millrace.tables.Row;
import dev.millrace.tables.RowCursor;
import dev.millrace.tables.Schema;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;

/**
 * The rows of one partition in order, and what its footer says. It opens the file once, so it reads the same file to its end
 * whatever takes the name meanwhile. Files of older schema versions give null for the columns that came later. For one thread.
 */
public final class PartitionReader implements RowCursor {

    private final Path file;
    private final Schema schema;
    private final ParquetFileReader parquet;
    private final PartitionFacts facts;
    private final MessageColumnIO columns;
    private RecordReader<Row> rows;
    private Row row;
    private long left;
    private long leftInGroup;

    private PartitionReader(Path file, Schema schema, ParquetFileReader parquet) {
        this.file = file;
        this.schema = schema;
        this.parquet = parquet;
        facts = facts(schema, parquet);
        ParquetSchema.require(
                schema, facts.schemaVersion(), parquet.getFileMetaData().getSchema());
        columns = new ColumnIOFactory(parquet.getFileMetaData().getCreatedBy())
                .getColumnIO(parquet.getFileMetaData().getSchema());
        left = facts.rows();
    }

    /** Opens a file whose every byte is as it was written; {@link LakeDamagedException} when one is not. */
    static PartitionReader open(Path file, Schema schema) {
        return open(file, schema, true);
    }

    /** What the footer of a file says, without a look at the rest of it. */
    static PartitionFacts facts(Path file, Schema schema) {
        try (PartitionReader reader = open(file, schema, false)) {
            return reader.facts;
        }
    }

    /** Offset of the first page, by the footer alone. */
    static long begin(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                ParquetFileReader parquet = ParquetFileReader.open(new ChannelInput(channel), options())) {
            return parquet.getRowGroups().stream()
                    .mapToLong(BlockMetaData::getStartingPos)
                    .min()
                    .orElse(Room.TOP);
        } catch (IOException | RuntimeException e) {
            throw unreadable(file, e);
        }
    }

    private static PartitionReader open(Path file, Schema schema, boolean checked) {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ);
            if (checked) {
                FileChecksum.check(channel);
            }
            return new PartitionReader(file, schema, ParquetFileReader.open(new ChannelInput(channel), options()));
        } catch (IOException | RuntimeException e) {
            close(channel, e);
            throw unreadable(file, e);
        }
    }

    public PartitionFacts facts() {
        return facts;
    }

    @Override
    public boolean next() {
        if (left == 0) {
            return false;
        }
        try {
            while (leftInGroup == 0) {
                nextGroup();
            }
            row = rows.read();
        } catch (IOException | RuntimeException e) {
            throw unreadable(file, e);
        }
        left--;
        leftInGroup--;
        return true;
    }

    @Override
    public Row row() {
        return row;
    }

    @Override
    public void close() {
        try {
            parquet.close();
        } catch (IOException e) {
            throw new LakeException("cannot close " + file + ": " + e.getMessage(), e);
        }
    }

    private void nextGroup() throws IOException {
        PageReadStore pages = parquet.readNextRowGroup();
        if (pages == null) {
            throw new LakeDamagedException("it has fewer rows than its footer says; " + left + " are missing");
        }
        leftInGroup = pages.getRowCount();
        rows = columns.getRecordReader(
                pages, new RowMaterializer(schema, parquet.getFileMetaData().getSchema()));
    }

    private static PartitionFacts facts(Schema schema, ParquetFileReader parquet) {
        PartitionFacts facts;
        try {
            facts = PartitionFacts.ofFooter(parquet.getFileMetaData().getKeyValueMetaData());
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new LakeDamagedException("it is damaged, or no file of the lake: " + e.getMessage(), e);
        }
        if (!facts.dataset().equals(schema.name())) {
            throw new LakeDamagedException("it holds " + facts.dataset() + " instead of " + schema.name());
        }
        if (facts.schemaVersion() > schema.version()) {
            throw new LakeException("its columns are of version " + facts.schemaVersion()
                    + "; this program reads up to " + schema.version() + ": use a newer one");
        }
        if (facts.rows() != parquet.getRecordCount()) {
            throw new LakeDamagedException(
                    "it has " + parquet.getRecordCount() + " rows; its footer says " + facts.rows());
        }
        return facts;
    }

    private static ParquetReadOptions options() {
        return ParquetReadOptions.builder(new PlainParquetConfiguration())
                .withCodecFactory(new PageCodecs())
                .usePageChecksumVerification(true)
                .build();
    }

    /** Whatever Parquet throws at what it cannot read becomes one error that names the file. */
    private static LakeException unreadable(Path file, Exception e) {
        if (e instanceof LakeDamagedException) {
            return new LakeDamagedException(file + ": " + e.getMessage(), e);
        }
        if (e instanceof LakeException) {
            return new LakeException(file + ": " + e.getMessage(), e);
        }
        if (e instanceof IOException io) {
            return new LakeException("cannot read " + file + ": " + LakeFiles.reason(io), e);
        }
        return new LakeDamagedException(file + ": it is damaged: " + e.getMessage(), e);
    }

    private static void close(FileChannel channel, Exception because) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                because.addSuppressed(e);
            }
        }
    }
}
