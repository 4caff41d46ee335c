package dev.millrace.benchmarks.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.benchmarks.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rig's mains with a handful of messages: none may rot unnoticed. Their figures mean nothing. */
class LoadSmokeTest {

    private static final int MESSAGES = 2_000;

    @TempDir
    Path folder;

    @Test
    @Tag("stress")
    @Tag("stress-daemon")
    void shouldCompareTheClientsOnOnePage() throws IOException, InterruptedException {
        AgainstPlainClient.main(new String[] {"2000", "1", "0", "0"});
        String page = Files.readString(Results.page("against-plain-client.md"));
        assertTrue(page.contains("| the daemon | "), page);
        assertTrue(page.contains("| plain client | "), page);
        assertTrue(page.contains("samples of Java code"), page);
    }

    @Test
    void shouldRunTheBareLimitOverSeveralRounds() throws IOException, InterruptedException {
        try (Place place = Place.make(MESSAGES)) {
            LoadRun.Result result = place.max(3).of(Client.BARE_APPEND);
            assertEquals(3L * MESSAGES, result.messages());
            assertTrue(result.seconds() > 0, result::toString);
        }
    }

    @Test
    void shouldMeasureTheLatencyAtARate() throws IOException, InterruptedException {
        LoadRig.main(new String[] {"1", "500"});
        String page = Files.readString(Results.page("latency-at-rates.md"));
        assertTrue(page.contains("| 500 | due | "), page);
    }

    @Test
    void shouldMakeTheMixThatIsClaimed() throws IOException {
        Path file = folder.resolve("workload");
        WorkloadWriter.write(file, MESSAGES * 10);
        Workload workload = Workload.open(file);
        assertEquals(MESSAGES * 10, workload.count());
        double trades = 0;
        for (int i = 0; i < workload.count(); i++) {
            trades += workload.trades(i) > 0 ? 1 : 0;
        }
        assertEquals(0.70, trades / workload.count(), 0.01, workload::toString);
        assertEquals(0.29, (double) workload.booksIn(workload.count()) / workload.count(), 0.01, workload::toString);
        assertEquals(915, (double) workload.byteCount() / workload.count(), 15, workload::toString);
    }

    @Test
    void shouldShiftExchangeTimesInPlace() throws IOException {
        Path file = folder.resolve("workload");
        WorkloadWriter.write(file, MESSAGES);
        Workload workload = Workload.open(file);
        long before = workload.spanMs();
        for (int i = 0; i < workload.count(); i++) {
            workload.shift(i, 1_234);
        }
        assertEquals(before + 1_234, workload.spanMs());
        assertEquals(before, Workload.open(file).spanMs());
    }
}
