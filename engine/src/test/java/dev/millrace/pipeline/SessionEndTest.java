package dev.millrace.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.market.Lifecycle;
import dev.millrace.metrics.Counters;
import dev.millrace.pipeline.Frames.VenueTrade;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionEndTest {

    private static final long T0 = 1_700_000_000_000L;

    @Test
    void shouldTellTheBarThatClosesWithTheLastRecordBeforeTheStop() {
        Recorder recorder = new Recorder();
        new Tape()
                .session(T0, Tape.results(4096, Duration.ofMinutes(10), "1s"))
                .lifecycle(Lifecycle.CONNECTED, 1, T0)
                .frame(1, T0 + 100, Frames.trades(List.of(new VenueTrade("A", T0 + 50, 1, 100, 1, true))))
                .lifecycle(Lifecycle.STOPPING, 0, T0 + 1_700)
                .play(Recorder.market(recorder, new Counters()));
        assertEquals(1, recorder.bars.size());
        assertEquals("stop", recorder.events.get(recorder.events.size() - 1));
    }
}
