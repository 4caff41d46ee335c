package dev.millrace.pipeline;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.config.PipelineConfig;
import dev.millrace.market.EventSink;
import dev.millrace.market.MarketEvent;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.ErrorLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ClockTickerTest {

    private static final long S = 1_000_000_000L;

    private final AtomicLong monotonicNs = new AtomicLong();
    private final AtomicLong wallNs = new AtomicLong(1_700_000_000 * S);
    private final LocalClock clock = new LocalClock(() -> Instant.ofEpochSecond(0, wallNs.get()), monotonicNs::get);
    private final List<String> taken = new ArrayList<>();
    private final Counters counters = new Counters();
    private boolean full;
    private long cursor;

    /** Writes down payload and receive time. */
    private final class Sink implements EventSink {
        @Override
        public MarketEvent tryClaim(int length) {
            return full ? null : new MarketEvent(length);
        }

        @Override
        public void publish(MarketEvent event) {
            taken.add(new String(event.bytes(), 0, event.length(), US_ASCII) + "@" + event.receiveNs() / S);
            cursor++;
        }
    }

    private final ClockTicker ticker = new ClockTicker(
            new PipelineConfig(
                    PipelineConfig.Profile.SMALL,
                    1 << 20,
                    1024,
                    1,
                    List.of(),
                    Duration.ofHours(1),
                    Duration.ofMinutes(1)),
            clock,
            new Sink(),
            () -> cursor,
            new ErrorLog(Clock.systemUTC()),
            counters);

    @Test
    void shouldUseNoAnchorThatIsNotInTheJournal() {
        monotonicNs.addAndGet(61 * S);
        wallNs.addAndGet(66 * S);
        full = true;
        ticker.tick();
        assertEquals(1_700_000_061 * S, clock.nowNs());
        assertEquals(1, counters.value("clock.skipped"));

        full = false;
        ticker.tick();
        assertEquals(1_700_000_066 * S, clock.nowNs());
        assertEquals(List.of("anchor 5000000000@1700000066"), taken);
    }

    @Test
    void shouldWriteAClockRecordInABusyStreamWhenASnapshotMayBeDue() {
        ticker.start(Duration.ofSeconds(20), () -> {});
        for (int second = 0; second < 50; second++) {
            cursor++;
            monotonicNs.addAndGet(S);
            ticker.tick();
        }
        ticker.close();
        assertEquals(List.of("@1700000020", "@1700000040"), taken);
    }

    @Test
    void shouldTickOnlyWhereNothingElseEntered() {
        ticker.tick();
        ticker.tick();
        cursor++;
        ticker.tick();
        ticker.tick();
        assertEquals(List.of("@1700000000", "@1700000000"), taken);
    }
}
