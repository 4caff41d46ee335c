package dev.millrace.journal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.config.JournalConfig;
import dev.millrace.journal.TestJournals.Entry;
import dev.millrace.market.EmittedBarSink;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import dev.millrace.market.TickSink;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.ErrorLog;
import dev.millrace.pipeline.Market;
import dev.millrace.pipeline.RandomJournal;
import dev.millrace.replay.Pace;
import dev.millrace.replay.Replay;
import dev.millrace.strategy.StrategyHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The power goes: of what was written after the last sync the disk holds any pages and lacks any others. Everything up
 * to the synced sequence reads, the rest is one tail that is gone, and the journal goes on.
 */
class PowerLossTest {

    private static final int PAGE = 4096;
    /** What is compared and torn of a file; the rest of its 128 MiB is free space. */
    private static final int USED = 1 << 20;

    @TempDir
    Path parent;

    @Test
    void shouldReadEverythingUpToTheSyncedSequence() throws IOException {
        lose(1, 15);
    }

    @Test
    @Tag("stress")
    @Tag("stress-journal")
    void shouldReadEverythingUpToTheSyncedSequenceManyTimes() throws IOException {
        lose(1_000, 2_000);
    }

    private void lose(long firstSeed, long lastSeed) throws IOException {
        int cut = 0;
        int whole = 0;
        int bars = 0;
        for (long seed = firstSeed; seed <= lastSeed; seed++) {
            Path dir = Files.createDirectory(parent.resolve("seed-" + seed));
            Loss loss = new Loss(dir, seed);
            int lost = loss.run();
            bars += loss.barsCompared;
            cut += lost > 0 ? 1 : 0;
            whole += lost == 0 ? 1 : 0;
        }
        System.out.println(
                "power loss: " + cut + " journals lost a tail, " + whole + " lost nothing, " + bars + " bars compared");
        assertTrue(bars > 0, "bars");
        assertTrue(cut > 0, "the power took something");
    }

    /** One journal and its loss of power. */
    private static final class Loss {
        private final Path dir;
        private final long seed;
        private final String what;
        private final SplittableRandom random;
        private final List<Entry> entries = new ArrayList<>();
        /** Every other journal holds a market, for its bars. */
        private final Iterator<MarketEvent> market;

        private long nowNs = TestJournals.START_NS;
        private int barsCompared;

        Loss(Path dir, long seed) {
            this.dir = dir;
            this.seed = seed;
            what = "seed " + seed;
            random = new SplittableRandom(seed);
            market = seed % 2 == 0 ? RandomJournal.records(seed, 300).iterator() : Collections.emptyIterator();
        }

        private JournalWriter writer(String bootId) {
            JournalConfig config = JournalConfig.keepingAll(Duration.ofDays(1), TestJournals.INDEX_INTERVAL);
            return JournalWriter.open(dir, config, () -> nowNs, new Counters(), bootId);
        }

        private void append(JournalWriter writer, int count) {
            for (int i = 0; i < count; i++) {
                entries.add(TestJournals.append(writer, market.hasNext() ? Entry.of(market.next()) : noise()));
                nowNs += random.nextInt(60) == 0 ? TestJournals.HOUR_NS : 1_000;
            }
        }

        private Entry noise() {
            byte[] payload = new byte[random.nextInt(1 << random.nextInt(13))];
            random.nextBytes(payload);
            return new Entry(0, RecordKind.FRAME, 1, nowNs, new String(payload, ISO_8859_1));
        }

        /** The bars of what is left are those of a journal that never held more. */
        private void checkBars(int kept) {
            if (market.hasNext()) {
                List<String> left = bars(replayed -> {
                    try (JournalReader reader = JournalReader.open(dir)) {
                        new Replay(reader, replayed, Pace.MAX).run(sequence -> {});
                        reader.requireEnd();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                });
                List<MarketEvent> shorter = RandomJournal.records(seed, 300).subList(0, kept);
                assertEquals(bars(alone -> shorter.forEach(alone::onEvent)), left, what);
                barsCompared += left.size();
            }
        }

        private static List<String> bars(Consumer<Market> source) {
            List<String> bars = new ArrayList<>();
            Counters counters = new Counters();
            StrategyHost nobody = new StrategyHost(List::of, counters, new ErrorLog(Clock.systemUTC()));
            EmittedBarSink sink = (bar, sequence) -> bars.add(sequence + " " + bar);
            source.accept(new Market(nobody, (gap, receiveNs) -> {}, sink, TickSink.NONE, counters));
            return bars;
        }

        /** Gives how many records were lost. */
        int run() throws IOException {
            Map<Path, byte[]> synced;
            Map<Path, byte[]> written;
            long syncedSequence;
            try (JournalWriter writer = writer("before")) {
                append(writer, random.nextInt(100));
                writer.sync();
                syncedSequence = writer.syncedSequence();
                synced = contents();
                append(writer, 1 + random.nextInt(100));
                written = contents();
            }
            restore(synced, written);
            return check(syncedSequence);
        }

        private int check(long syncedSequence) {
            int kept;
            try (JournalWriter writer = writer("after")) {
                kept = (int) writer.lastSequence();
                assertTrue(kept >= syncedSequence, what + ": kept " + kept + ", synced " + syncedSequence);
                if (!writer.damage().isEmpty()) {
                    assertEquals(1, writer.damage().size(), what + writer.damage());
                    assertTrue(writer.damage().get(0).contains("record " + (kept + 1)), what + writer.damage());
                }
                assertEquals(entries.subList(0, kept), TestJournals.readAll(dir), what);
                assertTrue(JournalVerify.run(dir, done -> {}).sound(), what);
            }
            checkBars(kept);
            int lost = entries.size() - kept;
            entries.subList(kept, entries.size()).clear();
            try (JournalWriter writer = writer("after")) {
                append(writer, 30);
            }
            assertEquals(entries, TestJournals.readAll(dir), what);
            return lost;
        }

        private Map<Path, byte[]> contents() throws IOException {
            Map<Path, byte[]> contents = new TreeMap<>(); // in order: the seed decides, not the folder's name
            try (var files = Files.list(dir)) {
                for (Path file : files.toList()) {
                    try (var in = Files.newInputStream(file)) {
                        contents.put(file, in.readNBytes(USED));
                    }
                }
            }
            return contents;
        }

        /** A page is as it was synced, or as it was written later; a file that was begun later has pages of zeros. */
        private void restore(Map<Path, byte[]> synced, Map<Path, byte[]> written) throws IOException {
            int loss = random.nextInt(101); // per cent
            for (Map.Entry<Path, byte[]> file : written.entrySet()) {
                if (!synced.containsKey(file.getKey()) && random.nextInt(100) < loss) {
                    Files.delete(file.getKey()); // not even its name was on the disk
                    continue;
                }
                byte[] later = file.getValue();
                byte[] before = Arrays.copyOf(synced.getOrDefault(file.getKey(), new byte[0]), later.length);
                for (int at = 0; at < later.length; at += PAGE) {
                    boolean lost = random.nextInt(100) < loss;
                    System.arraycopy(lost ? before : later, at, before, at, Math.min(PAGE, later.length - at));
                }
                Files.write(file.getKey(), before);
            }
        }
    }
}
