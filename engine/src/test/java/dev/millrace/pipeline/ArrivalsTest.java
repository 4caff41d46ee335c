package dev.millrace.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import dev.millrace.market.Source;
import dev.millrace.metrics.Counters;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class ArrivalsTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    /** Counters and their names; the table of trades alone is 256 KiB. */
    private static final long SMALL_BYTES = 32 << 10;

    private static final int TRADES_TOLD = 5_000;

    private final Counters counters = new Counters();
    private final Arrivals arrivals = new Arrivals(counters);

    /** Every replay and every store has a market of its own, and few of them see a stream twice. */
    @Test
    void shouldTakeNoTableBeforeATradeMayComeTwice() {
        long least = Long.MAX_VALUE;
        Arrivals made = arrivals;
        for (int i = 0; i < 3; i++) { // the JVM allocates besides the first time
            long before = THREADS.getCurrentThreadAllocatedBytes();
            made = new Arrivals(counters);
            made.onTradeAgain(1, 2, 3, from(1, 4));
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        long taken = least;
        assertTrue(taken < SMALL_BYTES, () -> taken + " bytes");
        assertEquals(0, made.differences().get("arrivals.trades").snapshot().getTotalCount());
    }

    @Test
    void shouldMeasureTheFirstCopyFromAnotherConnection() {
        arrivals.onNewTrade(0, 1_000, 7, from(1, 5_000));
        arrivals.onTradeAgain(0, 1_000, 7, from(1, 5_100)); // its own repetition
        arrivals.onTradeAgain(0, 1_000, 8, from(2, 5_200)); // another trade
        arrivals.onTradeAgain(1, 1_000, 7, from(2, 5_200)); // another symbol
        arrivals.onTradeAgain(0, 1_000, 7, from(2, 5_900));
        arrivals.onTradeAgain(0, 1_000, 7, from(3, 6_900)); // once is enough
        arrivals.onNewTrade(0, 1_001, 9, from(2, 7_000));
        arrivals.onTradeAgain(0, 1_001, 9, from(1, 7_200));
        var measured = arrivals.differences().get("arrivals.trades").snapshot();
        assertEquals(2, measured.getTotalCount());
        assertEquals(900, measured.getMaxValue());
        assertEquals(200, measured.getMinValue());
        assertEquals(1, counters.value("arrivals.trades.older-first"));
        assertEquals(1, counters.value("arrivals.trades.newer-first"));
    }

    /** Of so many at once some are overwritten, and none is taken for another. */
    @Test
    void shouldForgetRatherThanConfuse() {
        for (int i = 0; i < TRADES_TOLD; i++) {
            arrivals.onNewTrade(i % 20, 1_000_000 + i / 3, 77_000_000_000L + i, from(1, 1_000_000 + i));
        }
        for (int i = 0; i < TRADES_TOLD; i++) {
            arrivals.onTradeAgain(i % 20, 1_000_000 + i / 3, 77_000_000_000L + i, from(2, 1_000_500 + i));
        }
        var measured = arrivals.differences().get("arrivals.trades").snapshot();
        assertTrue(measured.getTotalCount() > TRADES_TOLD / 2, measured::toString);
        assertEquals(500, measured.getMinValue());
        assertEquals(500, measured.getMaxValue());
    }

    private static MarketEvent from(int connection, long receiveNs) {
        MarketEvent event = new MarketEvent(16);
        event.set(RecordKind.FRAME, Source.of(Source.ENGINE, connection, 0), receiveNs, 0);
        return event;
    }
}
