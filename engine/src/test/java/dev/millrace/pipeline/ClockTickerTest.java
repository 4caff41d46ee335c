package dev.millrace.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.config.PipelineConfig;
import dev.millrace.market.EventSink;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import dev.millrace.metrics.ErrorLog;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ticker's own thread waits an hour; the test ticks. */
class ClockTickerTest {

    private static final long SECOND = 1_000_000_000L;
    private static final PipelineConfig CONFIG = new PipelineConfig(
            PipelineConfig.Profile.SMALL,
            1 << 20,
            1 << 12,
            1 << 20,
            List.of(),
            Duration.ofHours(1),
            Duration.ofHours(1));

    private final AtomicLong monotonicNs = new AtomicLong();
    private final AtomicLong entered = new AtomicLong();
    private final List<Long> ticks = new ArrayList<>();
    private final LocalClock clock = new LocalClock(Clock.systemUTC(), monotonicNs::get);
    private final EventSink sink = new EventSink() {
        @Override
        public MarketEvent tryClaim(int length) {
            return new MarketEvent(length);
        }

        @Override
        public void publish(MarketEvent event) {
            assertEquals(RecordKind.CLOCK, event.kind());
            ticks.add(monotonicNs.get() / SECOND);
        }
    };
    private final ClockTicker ticker =
            new ClockTicker(CONFIG, clock, sink, entered::get, new ErrorLog(Clock.systemUTC()));

    @BeforeEach
    void start() {
        ticker.start(Duration.ofSeconds(30));
    }

    @AfterEach
    void close() {
        ticker.close();
    }

    @Test
    void shouldWriteAClockRecordInABusyStreamWhenASnapshotMayBeDue() {
        for (int second = 0; second < 100; second++) {
            entered.incrementAndGet();
            monotonicNs.addAndGet(SECOND);
            ticker.tick();
        }
        assertEquals(List.of(30L, 60L, 90L), ticks);
    }

    @Test
    void shouldWriteAClockRecordWhenNothingElseCame() {
        entered.incrementAndGet();
        for (int second = 0; second < 3; second++) {
            monotonicNs.addAndGet(SECOND);
            ticker.tick();
        }
        assertEquals(List.of(2L, 3L), ticks);
    }
}
