package dev.millrace.benchmarks;

import dev.millrace.config.JournalConfig;
import dev.millrace.journal.JournalWriter;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import dev.millrace.market.Source;
import dev.millrace.metrics.Counters;
import dev.millrace.pipeline.LocalClock;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What appending a record of {@value #BYTES} bytes costs in a burst within the page cache, with sequence, header and
 * checksum; each invocation writes {@value #RECORDS} into new files on a real disk. Bare limits: Chronicle's append of
 * the same bytes, a copy into a mapped file, the checksum alone.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5)
@Measurement(iterations = 10)
@Fork(2)
public class JournalBenchmark {

    static final int RECORDS = 200_000;
    static final int BYTES = 915;

    private static final int BLOCK_BYTES = 128 << 20;

    private final MarketEvent event = new MarketEvent(4096);
    private final CRC32C crc = new CRC32C();
    private Path folder;
    private JournalWriter journal;
    private SingleChronicleQueue queue;
    private ExcerptAppender appender;
    private MappedByteBuffer mapped;

    @Setup(Level.Invocation)
    public void open() throws IOException {
        new Random(1).nextBytes(event.bytes());
        event.set(RecordKind.FRAME, Source.of(Source.HYPERLIQUID_WS, 1, 0), 1_756_904_000_000_000_000L, BYTES);
        folder = Files.createTempDirectory(Results.scratch(), "append-");
        JournalConfig config = JournalConfig.keepingAll(Duration.ofHours(1), 4096);
        journal = JournalWriter.open(folder.resolve("journal"), config, LocalClock.system(), new Counters());
        queue = SingleChronicleQueueBuilder.binary(folder.resolve("queue"))
                .blockSize(BLOCK_BYTES)
                .build();
        appender = queue.createAppender();
        try (FileChannel channel = FileChannel.open(
                folder.resolve("mapped"),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, (long) RECORDS * BYTES);
        }
    }

    @TearDown(Level.Invocation)
    public void close() throws IOException {
        journal.close();
        queue.close();
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public long append() {
        for (int i = 0; i < RECORDS; i++) {
            journal.append(event);
        }
        return journal.lastSequence();
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public void limitChronicle() {
        for (int i = 0; i < RECORDS; i++) {
            try (DocumentContext document = appender.writingDocument()) {
                document.wire().bytes().write(event.bytes(), 0, BYTES);
            }
        }
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public MappedByteBuffer limitCopy() {
        for (int i = 0; i < RECORDS; i++) {
            mapped.put(event.bytes(), 0, BYTES);
        }
        return mapped;
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public long limitChecksum() {
        long all = 0;
        for (int i = 0; i < RECORDS; i++) {
            crc.reset();
            crc.update(event.bytes(), 0, BYTES);
            all += crc.getValue();
        }
        return all;
    }
}
