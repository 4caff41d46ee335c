package dev.millrace.benchmarks;

import dev.millrace.codec.hyperliquid.HyperliquidDecoder;
import dev.millrace.market.DecodedFrame;
import dev.millrace.market.Instruments;
import dev.millrace.market.SymbolTable;
import dev.millrace.metrics.Counters;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Collection;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Decoding of one frame by kind, beside its bare limit: counting the quotes of the same bytes, eight at a time, which any
 * reader of JSON must at least find. Frames are those of the local exchange, {@value #FRAMES} different ones of a kind
 * in turn, in arrays as large as a ring slot's.
 */
public class DecodeBenchmark extends NanosPerOperation {

    static final int FRAMES = 64;

    private static final int SLOT_BYTES = 4096;
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long LOW_BITS = ONES * 0x7F;

    @Param
    public FrameKind kind;

    private final DecodedFrame decoded = new DecodedFrame();
    private HyperliquidDecoder decoder;
    private byte[][] slots;
    private int[] lengths;

    @Setup
    public void prepare() {
        SymbolTable symbols = new SymbolTable();
        decoder = new HyperliquidDecoder(symbols, new Instruments(symbols), new Counters());
        slots = new byte[FRAMES][];
        lengths = new int[FRAMES];
        int i = 0;
        for (byte[] frame : kind.frames(FRAMES)) {
            lengths[i] = frame.length;
            slots[i] = new byte[Math.max(SLOT_BYTES, frame.length)];
            System.arraycopy(frame, 0, slots[i++], 0, frame.length);
        }
        requireDecoded();
    }

    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public DecodedFrame decode() {
        for (int i = 0; i < FRAMES; i++) {
            decoder.decode(slots[i], lengths[i], decoded);
        }
        return decoded;
    }

    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public long limit() {
        long quotes = 0;
        for (int i = 0; i < FRAMES; i++) {
            quotes += quotes(slots[i], lengths[i]);
        }
        return quotes;
    }

    private static long quotes(byte[] bytes, int length) {
        long count = 0;
        for (int i = 0; i + Long.BYTES <= length; i += Long.BYTES) {
            long other = (long) WORD.get(bytes, i) ^ ONES * '"';
            count += Long.bitCount(~(((other & LOW_BITS) + LOW_BITS) | other | LOW_BITS));
        }
        return count;
    }

    /** A refused frame would be measured as a fast one. */
    private void requireDecoded() {
        for (int i = 0; i < FRAMES; i++) {
            decoder.decode(slots[i], lengths[i], decoded);
            if (decoded.refused > 0 || decoded.channel != kind.channel()) {
                throw new IllegalStateException("frame " + i + " of " + kind + " is decoded as " + decoded.channel
                        + " with " + decoded.refused + " refusals");
            }
        }
    }

    /** Takes JMH's options; exits with 1 when decoding allocates. */
    public static void main(String[] args) throws RunnerException, CommandLineOptionException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .parent(new CommandLineOptions(args))
                        .include(DecodeBenchmark.class.getName())
                        .addProfiler(GCProfiler.class)
                        .build())
                .run();
        boolean allocates = results.stream().anyMatch(DecodeBenchmark::allocates);
        System.out.println(allocates ? "decoding ALLOCATES, see gc.alloc.rate.norm" : "decoding allocates 0 B a frame");
        System.exit(allocates ? 1 : 0);
    }

    /** JMH's own objects are a byte or two a frame on a busy machine; the least object of a frame would be 16. */
    private static boolean allocates(RunResult result) {
        return result.getSecondaryResults().get("gc.alloc.rate.norm").getScore() >= 8;
    }
}
