package dev.millrace.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.lmax.disruptor.AlertException;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import dev.millrace.Waiting;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ParkingWaitStrategyTest {

    /** More looks at the cursor than the consumer takes before it is parked: the spins, the last one and the re-check. */
    private static final int LOOKS = 102;

    private final ParkingWaitStrategy strategy = new ParkingWaitStrategy(TimeUnit.HOURS.toNanos(1));
    private final RingBuffer<long[]> ring = RingBuffer.createMultiProducer(() -> new long[1], 16, strategy);

    /** An event enters, and the publisher looks for a sleeper, just after the consumer looked in vain. */
    private final class CursorThatMoves extends Sequence {

        private final int moveAfterLook;
        private int looks;

        CursorThatMoves(int moveAfterLook) {
            super(-1);
            this.moveAfterLook = moveAfterLook;
        }

        @Override
        public long get() {
            long seen = super.get();
            if (++looks == moveAfterLook) {
                set(0);
                strategy.signalAllWhenBlocking();
            }
            return seen;
        }
    }

    @Test
    void shouldNotSleepOverAnEventThatComesAfterAnyOfItsLooks() {
        assertTimeoutPreemptively(Duration.ofSeconds(Waiting.PATIENCE_S), () -> {
            for (int look = 1; look <= LOOKS; look++) {
                assertEquals(0, waitWhileMovingAfter(look), "an event after look " + look);
            }
        });
    }

    private long waitWhileMovingAfter(int look) throws AlertException {
        Sequence cursor = new CursorThatMoves(look);
        return strategy.waitFor(0, cursor, cursor, ring.newBarrier());
    }
}
