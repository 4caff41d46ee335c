package dev.millrace.lake;

import dev.millrace.benchmarks.Arguments;
import dev.millrace.benchmarks.Markdown;
import dev.millrace.benchmarks.Results;
import dev.millrace.benchmarks.Samples;
import dev.millrace.benchmarks.Scratch;
import dev.millrace.benchmarks.Surroundings;
import dev.millrace.tables.ColumnType;
import dev.millrace.tables.Dataset;
import dev.millrace.tables.Row;
import dev.millrace.tables.RowCursor;
import dev.millrace.tables.Schema;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;

/**
 * What a partition of the lake costs beside a bare Parquet writer of the same rows, in turn: checks, digest, forcing to the
 * disk, reading back and the rename come on top.
 *
 * <p>Arguments: ticks, rounds.
 */
public final class LakeRate {

    private static final LocalDate DAY = LocalDate.parse("2026-11-22");
    private static final Partition PARTITION = new Partition(Dataset.TICK_DATA, "BTC", DAY);

    private LakeRate() {}

    public static void main(String[] args) throws IOException {
        int ticks = new Arguments(args).number(0, 1_000_000);
        int rounds = new Arguments(args).number(1, 7);
        Markdown page = new Markdown();
        page.line("# Writing a partition of the lake");
        page.line("");
        Surroundings.print(
                page, LakeRate.class, args, ManagementFactory.getRuntimeMXBean().getInputArguments());
        page.line(
                "- workload: a day of %,d made-up ticks, the same in each round; ZSTD; %d rounds in turn, the first not counted",
                ticks, rounds);
        page.line("- not included: reading the rows from the tables");
        Samples ours = new Samples();
        Samples bare = new Samples();
        try (Scratch scratch = Scratch.make("lake")) {
            LakeWriter lake = new LakeWriter(scratch.folder().resolve("lake"), Compression.ZSTD, "benchmark");
            for (int round = 0; round < rounds; round++) {
                Samples discarded = new Samples();
                partition(lake, ticks, round == 0 ? discarded : ours);
                bare(scratch.folder().resolve("bare.parquet"), ticks, round == 0 ? discarded : bare);
            }
        }
        page.table(List.of("what", "ms: median", "p99", "max", "rows/s"));
        page.row("partition, durable and read back | " + ours.cells() + " | " + rate(ticks, ours));
        page.row("bare writer, neither | " + bare.cells() + " | " + rate(ticks, bare));
        page.line("");
        page.line("A partition takes %.2f times the bare writer.", ours.median() / bare.median());
        page.save(Results.page("lake-rate.md"));
    }

    private static String rate(int rows, Samples ms) {
        return String.format(java.util.Locale.ROOT, "%,.0f", rows / ms.median() * 1e3);
    }

    private static void partition(LakeWriter lake, int ticks, Samples into) {
        long start = System.nanoTime();
        lake.replace(PARTITION, SomeRows.ticks(DAY, ticks, 1), new SequenceRange(1, 1));
        into.addMsSince(start);
    }

    private static void bare(Path file, int ticks, Samples into) throws IOException {
        long start = System.nanoTime();
        Schema schema = Dataset.TICK_DATA.schema();
        try (FileChannel channel = FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
                ParquetWriter<Row> writer = new Bare(channel, schema).build();
                RowCursor rows = SomeRows.ticks(DAY, ticks, 1)) {
            while (rows.next()) {
                rows.row().setText(Schema.SYMBOL, "BTC");
                rows.row().setLong(Schema.DATE, DAY.toEpochDay());
                writer.write(rows.row());
            }
        }
        into.addMsSince(start);
    }

    /** The same columns, encodings, codec and size of row groups. */
    private static final class Bare extends ParquetWriter.Builder<Row, Bare> {

        private final Schema schema;

        Bare(FileChannel channel, Schema schema) {
            super(new ChannelOutput(channel, Room.TOP));
            this.schema = schema;
            withConf(new PlainParquetConfiguration());
            withCodecFactory(new PageCodecs());
            withCompressionCodec(Compression.ZSTD.codec());
            withRowGroupSize(16L << 20);
            withWriterVersion(WriterVersion.PARQUET_2_0);
            withPageWriteChecksumEnabled(true);
            schema.columns().stream()
                    .filter(column -> column.type() == ColumnType.LONG || column.type() == ColumnType.TIME)
                    .forEach(column -> withDictionaryEncoding(column.name(), false));
        }

        @Override
        protected Bare self() {
            return this;
        }

        @Override
        protected WriteSupport<Row> getWriteSupport(ParquetConfiguration configuration) {
            return new RowWriteSupport(schema, Map::of);
        }

        @Override
        @SuppressWarnings("deprecation") // abstract all the same
        protected WriteSupport<Row> getWriteSupport(Configuration configuration) {
            return new RowWriteSupport(schema, Map::of);
        }
    }
}
