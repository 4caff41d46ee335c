package dev.millrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.config.EngineConfig;
import dev.millrace.config.JournalConfig;
import dev.millrace.journal.JournalWriter;
import dev.millrace.lake.Lake;
import dev.millrace.market.MarketEvent;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.ErrorLog;
import dev.millrace.pipeline.LocalClock;
import dev.millrace.pipeline.RandomJournal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables hold exactly what the journal gives, over restarts of the store at any record. */
@Tag("stress")
@Tag("stress-daemon")
class StoreTest {

    @TempDir
    Path folder;

    @Test
    void shouldHoldEachRowOnceOverRestarts() throws Exception {
        long seed = 41;
        List<MarketEvent> records = RandomJournal.records(seed, 3_000);
        for (int from = 0, stop = 0; from < records.size(); from = stop) {
            stop = Math.min(records.size(), from + 1_000);
            record(records.subList(from, stop));
            runStore();
        }
        ExpectedRows expected = ExpectedRows.of(Daemon.journal(folder));
        assertTrue(expected.count() > 500, () -> "too little to prove anything: " + expected.count());
        assertEquals(expected.text(), TableRows.read(config().data().database()), () -> "seed " + seed);
    }

    @Test
    void shouldHoldEachRowOnceInTablesAndLake() throws Exception {
        long seed = 42;
        List<MarketEvent> records = RandomJournal.records(seed, 4_500);
        for (int from = 0, stop = 0; from < records.size(); from = stop) {
            stop = Math.min(records.size(), from + 1_500);
            record(records.subList(from, stop));
            boolean last = stop == records.size();
            runStore(rolling -> !last || rolling.value("lake.flips") > 0, "store.keep=0 s", "lake.roll-interval=1 ms");
        }
        ExpectedRows expected = ExpectedRows.of(Daemon.journal(folder));
        EngineConfig config = config();
        assertEquals(
                TableRows.lasting(expected.text()),
                TableRows.lasting(TableRows.readBoth(
                        config.data().database(), config.data().lake())),
                () -> "seed " + seed);
        assertEquals(
                List.of(), new Lake(config.data().lake()).verify(bytes -> {}).problems());
    }

    private void record(List<MarketEvent> records) {
        JournalConfig config = JournalConfig.keepingAll(Duration.ofHours(1), 64);
        try (JournalWriter writer =
                JournalWriter.open(Daemon.journal(folder), config, LocalClock.system(), new Counters())) {
            records.forEach(event -> writer.append(event.copy()));
        }
    }

    private void runStore() {
        runStore(counters -> true);
    }

    /** Until the condition holds. */
    private void runStore(Predicate<Counters> enough, String... settings) {
        ErrorLog errors = new ErrorLog(Clock.systemUTC());
        Counters counters = new Counters();
        StoreRole store = StoreRole.start(config(settings), () -> {}, counters, errors);
        Waiting.until(
                "the store", () -> enough.test(counters) || store.problem().isPresent());
        store.close();
        assertEquals(List.of(), errors.entries());
        assertTrue(store.problem().isEmpty(), () -> store.problem().toString());
    }

    private EngineConfig config(String... settings) {
        return Daemon.config(folder, URI.create("ws://127.0.0.1:1/ws"), URI.create("http://127.0.0.1:1"), settings);
    }
}
