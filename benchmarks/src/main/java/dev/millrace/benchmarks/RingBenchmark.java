package dev.millrace.benchmarks;

import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import dev.millrace.market.MarketEvent;
import dev.millrace.pipeline.ParkingWaitStrategy;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What it takes to hand an event to the other thread and to hear of it through a volatile: a round trip, of which the way
 * there is the ring's. The wait strategies are those of the two profiles. The bare limit goes both ways through a
 * volatile, both threads spinning.
 */
public class RingBenchmark extends NanosPerOperation {

    private static final int SLOTS = 1 << 14;
    private static final int INLINE_BYTES = 64;
    private static final long STOP = -1;

    /** How the consumer waits. */
    public enum Waiting {
        PARKING,
        BUSY_SPIN
    }

    @Param
    public Waiting waiting;

    private final AtomicLong handled = new AtomicLong();
    private final AtomicLong ball = new AtomicLong();
    private final AtomicLong returned = new AtomicLong();
    private Disruptor<MarketEvent> disruptor;
    private RingBuffer<MarketEvent> ring;
    private Thread other;
    private long sent;
    private long thrown;

    @Setup
    public void start() {
        ThreadFactory daemons = work -> {
            Thread thread = new Thread(work, "ring-consumer");
            thread.setDaemon(true);
            return thread;
        };
        disruptor = new Disruptor<>(
                () -> new MarketEvent(INLINE_BYTES),
                SLOTS,
                daemons,
                ProducerType.MULTI,
                waiting == Waiting.PARKING ? new ParkingWaitStrategy() : new BusySpinWaitStrategy());
        disruptor.handleEventsWith((event, slot, endOfBatch) -> handled.set(slot));
        handled.set(-1);
    }

    @Benchmark
    public long hop() {
        if (ring == null) {
            ring = disruptor.start();
        }
        long slot = ring.next();
        ring.get(slot).slot(slot);
        ring.publish(slot);
        while (handled.get() < slot) {
            Thread.onSpinWait();
        }
        return ++sent;
    }

    @Benchmark
    public long limit() {
        if (other == null) {
            other = new Thread(this::throwBack, "ping-consumer");
            other.setDaemon(true);
            other.start();
        }
        ball.set(++thrown);
        while (returned.get() != thrown) {
            Thread.onSpinWait();
        }
        return thrown;
    }

    private void throwBack() {
        long seen = 0;
        while (seen != STOP) {
            long now = ball.get();
            if (now == seen) {
                Thread.onSpinWait();
            } else {
                seen = now;
                returned.set(seen);
            }
        }
    }

    @TearDown
    public void stop() {
        ball.set(STOP);
        disruptor.halt();
    }
}
