package dev.millrace.pipeline;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.lmax.disruptor.BatchEventProcessor;
import com.lmax.disruptor.BatchEventProcessorBuilder;
import com.lmax.disruptor.RingBuffer;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ParkingWaitStrategyTest {

    private static final int ROUNDS = 20_000;
    /** Around the consumer's spins, so that an event comes just before, while and after it falls asleep. */
    private static final int MOST_SPINS = 400;

    @Test
    void shouldNeverMissAWakeUp() throws InterruptedException {
        RingBuffer<long[]> ring = RingBuffer.createMultiProducer(
                () -> new long[1], 16, new ParkingWaitStrategy(TimeUnit.HOURS.toNanos(1)));
        AtomicLong handled = new AtomicLong();
        BatchEventProcessor<long[]> consumer = new BatchEventProcessorBuilder()
                .build(ring, ring.newBarrier(), (event, slot, last) -> handled.incrementAndGet());
        ring.addGatingSequences(consumer.getSequence());
        Thread thread = new Thread(consumer, "parking-test");
        thread.setDaemon(true);
        thread.start();
        long seed = System.nanoTime();
        System.out.println("wake-ups: seed " + seed);
        Random random = new Random(seed);
        for (int round = 1; round <= ROUNDS; round++) {
            ring.publish(ring.next());
            assertTrue(await(handled, round), "event " + round + " was slept over, seed " + seed);
            for (int spins = random.nextInt(MOST_SPINS); spins > 0; spins--) {
                Thread.onSpinWait();
            }
        }
        consumer.halt();
        thread.join();
    }

    private static boolean await(AtomicLong handled, long wanted) {
        long limitNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (handled.get() < wanted) {
            if (System.nanoTime() > limitNs) {
                return false;
            }
            Thread.onSpinWait();
        }
        return true;
    }
}
