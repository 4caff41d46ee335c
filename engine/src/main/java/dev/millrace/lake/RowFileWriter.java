package dev.millrace.lake;

import dev.millrace.tables.Column;
import dev.millrace.tables.ColumnType;
import dev.millrace.tables.Row;
import dev.millrace.tables.Schema;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.OutputFile;

/**
 * Writes rows as one Parquet file, with the lake's settings and nothing else: no order is checked, nothing is forced to the
 * disk or read back. {@link LakeWriter} does all that on top. For one thread.
 */
public final class RowFileWriter implements AutoCloseable {

    /** A million ticks or so: enough for readers that work on groups in parallel. */
    private static final long ROW_GROUP_BYTES = 16L << 20;

    private final ParquetWriter<Row> parquet;

    /**
     * Begins the file.
     *
     * @param file empty, open for writing; stays the caller's to close
     * @param footer what the file says of itself, asked once all rows are written
     */
    public RowFileWriter(FileChannel file, Schema schema, Compression compression, Supplier<Map<String, String>> footer)
            throws IOException {
        this(file, Room.TOP, schema, compression, footer);
    }

    /** @param begin where the first row group begins, bytes */
    RowFileWriter(
            FileChannel file, long begin, Schema schema, Compression compression, Supplier<Map<String, String>> footer)
            throws IOException {
        parquet = new Builder(new ChannelOutput(file, begin), new RowWriteSupport(schema, footer), schema)
                .withCompressionCodec(compression.codec())
                .build();
    }

    /** Writes a row, with its symbol and its date. */
    public void write(Row row) throws IOException {
        parquet.write(row);
    }

    /** Ends the file with its footer. */
    @Override
    public void close() throws IOException {
        parquet.close();
    }

    /** Parquet's settings. */
    private static final class Builder extends ParquetWriter.Builder<Row, Builder> {

        private final RowWriteSupport support;

        Builder(OutputFile out, RowWriteSupport support, Schema schema) {
            super(out);
            this.support = support;
            withConf(new PlainParquetConfiguration());
            withCodecFactory(new PageCodecs());
            withWriteMode(ParquetFileWriter.Mode.OVERWRITE);
            withRowGroupSize(ROW_GROUP_BYTES);
            withWriterVersion(WriterVersion.PARQUET_2_0);
            withPageWriteChecksumEnabled(true);
            withSizeStatisticsEnabled(false);
            for (Column column : schema.columns()) {
                withDictionaryEncoding(column.name(), !isWholeNumber(column.type())); // differences are smaller
                withStatisticsEnabled(column.name(), narrows(column.type()));
            }
        }

        private static boolean isWholeNumber(ColumnType type) {
            return type == ColumnType.LONG || type == ColumnType.TIME;
        }

        /** Whether a reader passes over row groups and pages by a column's least and greatest values, rather than by others'. */
        private static boolean narrows(ColumnType type) {
            return type == ColumnType.TIME || type == ColumnType.DATE || type == ColumnType.TEXT;
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        protected WriteSupport<Row> getWriteSupport(ParquetConfiguration configuration) {
            return support;
        }

        @Override
        @SuppressWarnings("deprecation") // abstract all the same
        protected WriteSupport<Row> getWriteSupport(Configuration configuration) {
            return support;
        }
    }
}
