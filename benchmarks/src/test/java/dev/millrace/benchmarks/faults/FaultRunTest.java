package dev.millrace.benchmarks.faults;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.benchmarks.Markdown;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A share of the faults, the same each night: lost, silent, repeated, broken, and a venue that answers with errors. */
@Tag("stress")
@Tag("stress-faults")
class FaultRunTest {

    private static final List<String> SHARE = List.of(
            "cut:how=fin",
            "half-open",
            "mute:channel=trades,coin=BTC,heals=resubscribe",
            "duplicate:what=frame",
            "malformed x3",
            "rest-500");

    @Test
    void shouldKeepItsPromises() throws IOException, InterruptedException {
        Markdown page = new Markdown();
        assertTrue(FaultRun.run(20_261_123, SHARE, page), page::toString);
    }
}
