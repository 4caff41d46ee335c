package dev.millrace.journal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.millrace.config.JournalConfig;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import dev.millrace.metrics.Counters;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Journals under a clock that tests move; the sync thread is there but never due, so tests sync by hand. */
final class TestJournals {

    static final long START_NS = 1_785_462_143_410_781_000L;
    static final long HOUR_NS = 3_600_000_000_000L;
    static final int INDEX_INTERVAL = 16;

    /** A record as a value; the payload's bytes as Latin-1 text. */
    record Entry(long sequence, RecordKind kind, long source, long receiveNs, String payload) {

        static Entry of(MarketEvent event) {
            return new Entry(
                    event.sequence(),
                    event.kind(),
                    event.source(),
                    event.receiveNs(),
                    new String(event.bytes(), 0, event.length(), ISO_8859_1));
        }

        @Override
        public String toString() {
            return sequence + " " + kind + " " + source + " " + receiveNs + " [" + payload.length() + "]";
        }
    }

    long nowNs = START_NS;
    final Counters counters = new Counters();
    private final Path dir;

    TestJournals(Path dir) {
        this.dir = dir;
    }

    JournalWriter writer() {
        return JournalWriter.open(
                dir, JournalConfig.keepingAll(Duration.ofDays(1), INDEX_INTERVAL), () -> nowNs, counters);
    }

    /** A record of any kind, source and receive time. */
    static Entry random(SplittableRandom random, int length) {
        byte[] payload = new byte[length];
        random.nextBytes(payload);
        RecordKind[] kinds = RecordKind.values();
        return new Entry(
                0,
                kinds[random.nextInt(kinds.length)],
                random.nextLong(),
                random.nextLong(),
                new String(payload, ISO_8859_1));
    }

    /** Appends as the pipeline does; gives the entry with its sequence. */
    static Entry append(JournalWriter writer, Entry entry) {
        byte[] payload = entry.payload.getBytes(ISO_8859_1);
        MarketEvent event = new MarketEvent(payload.length);
        System.arraycopy(payload, 0, event.bytes(), 0, payload.length);
        event.set(entry.kind, entry.source, entry.receiveNs, payload.length);
        writer.append(event);
        return Entry.of(event);
    }

    /** As many small frames, each received a millisecond after the one before. */
    List<Entry> appendFrames(JournalWriter writer, int count) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            nowNs += 1_000_000;
            entries.add(append(writer, new Entry(0, RecordKind.FRAME, 1, nowNs, "frame " + nowNs)));
        }
        return entries;
    }

    static List<Entry> readAll(Path dir) {
        try (JournalReader reader = JournalReader.open(dir)) {
            List<Entry> entries = readOn(reader);
            reader.requireEnd();
            return entries;
        }
    }

    /** What a reader gives that goes on behind damage. */
    static List<Entry> readSkipping(Path dir) {
        List<Entry> entries = new ArrayList<>();
        MarketEvent event = new MarketEvent(64);
        long damagedAt = -1;
        try (JournalReader reader = JournalReader.open(dir)) {
            while (true) {
                try {
                    while (reader.read(event)) {
                        entries.add(Entry.of(event));
                    }
                    reader.requireEnd();
                    return entries;
                } catch (JournalDamagedException damage) {
                    if (damage.sequence() == damagedAt && !reader.seekBehindDamage()) {
                        return entries;
                    }
                    damagedAt = damage.sequence();
                }
            }
        }
    }

    static List<Entry> readOn(JournalReader reader) {
        List<Entry> entries = new ArrayList<>();
        MarketEvent event = new MarketEvent(64);
        while (reader.read(event)) {
            entries.add(Entry.of(event));
        }
        return entries;
    }
}
