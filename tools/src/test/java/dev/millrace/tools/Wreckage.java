package dev.millrace.tools;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.Engine;
import dev.millrace.barlog.BarLogVerification;
import dev.millrace.journal.GapRecord;
import dev.millrace.journal.JournalReader;
import dev.millrace.journal.JournalVerify;
import dev.millrace.market.Gap;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.StateWriter;
import dev.millrace.market.TickSink;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.ErrorLog;
import dev.millrace.pipeline.GapMatch;
import dev.millrace.pipeline.Market;
import dev.millrace.replay.Pace;
import dev.millrace.replay.Replay;
import dev.millrace.state.Snapshot;
import dev.millrace.state.SnapshotFolder;
import dev.millrace.strategy.StrategyHost;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a daemon left behind, looked at before the next start touches it. */
final class Wreckage {

    private static final byte[] NONE = {};

    private final Path data;
    private final Path journal;
    private final SnapshotFolder snapshots;
    private final LastBars bars = new LastBars();
    private final GapMatch gapMatch = new GapMatch();
    private final List<Gap> gaps = new ArrayList<>();
    private byte[] expected = NONE;
    private long firstSequence;
    private long lastSequence;
    private long decidedToMs = Long.MIN_VALUE;

    private Wreckage(Path data) {
        this.data = data;
        journal = data.resolve("journal");
        snapshots = new SnapshotFolder(data.resolve("state"), Engine.ROLE, "", Market.SEMANTICS_VERSION);
    }

    /**
     * The journal verifies, what live left of bars and gaps is what a replay makes, and the newest snapshot leads to the
     * state that the whole journal leads to.
     */
    static Wreckage ofWholeJournal(Path data) throws IOException, InterruptedException {
        Wreckage wreckage = new Wreckage(data);
        if (wreckage.verify()) {
            wreckage.expected = wreckage.replayed();
            wreckage.requireSnapshots(1);
        }
        return wreckage;
    }

    /** The same where the journal's beginning is deleted: what is expected is what the newest snapshot leads to. */
    static Wreckage ofCutJournal(Path data) throws IOException, InterruptedException {
        Wreckage wreckage = new Wreckage(data);
        if (wreckage.verify()) {
            List<Path> files = wreckage.usableSnapshots();
            wreckage.expected = files.isEmpty() ? NONE : wreckage.stateFrom(files.get(0));
            wreckage.requireSnapshots(2);
        }
        return wreckage;
    }

    long lastSequence() {
        return lastSequence;
    }

    /** What a replay of the whole journal tells. */
    LastBars bars() {
        return bars;
    }

    /** What stands in the journal. */
    List<Gap> gaps() {
        return gaps;
    }

    /** Whether trades were missed behind this exchange time, only a later connection could tell; ms. */
    long decidedToMs() {
        return decidedToMs;
    }

    /** Derived, and not in the journal. */
    int unwrittenGaps() {
        return gapMatch.unwritten().size();
    }

    /** Chronicle's readers would wait minutes for the file that was just being made; the next start removes it. */
    static boolean isMidRoll(Path data) throws IOException {
        List<Path> cycles = cycles(data.resolve("journal"));
        if (cycles.isEmpty()) {
            return false;
        }
        try (InputStream in = Files.newInputStream(cycles.get(cycles.size() - 1))) {
            byte[] word = in.readNBytes(Integer.BYTES);
            return word.length < Integer.BYTES || (word[3] & 0xC0) != 0x40;
        }
    }

    private boolean verify() throws IOException {
        if (cycles(journal).isEmpty()) {
            return false;
        }
        JournalVerify.Result result = JournalVerify.run(journal, done -> {});
        assertTrue(result.sound(), () -> result.firstDamage().toString());
        lastSequence = result.lastSequence();
        firstSequence = lastSequence - result.records() + 1;
        return lastSequence > 0;
    }

    private static List<Path> cycles(Path journal) throws IOException {
        if (!Files.exists(journal)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(journal)) {
            return files.filter(file -> file.toString().endsWith(".cq4"))
                    .sorted()
                    .toList();
        }
    }

    private byte[] replayed() throws InterruptedException {
        Counters counters = new Counters();
        StrategyHost host = new StrategyHost(() -> List.of(bars), counters, new ErrorLog(Clock.systemUTC()));
        try (JournalReader reader = JournalReader.open(journal);
                BarLogVerification log = new BarLogVerification(data.resolve("bars"))) {
            Market whole = new Market(host, gapMatch, log, TickSink.NONE, counters);
            Replay replay = new Replay(reader, whole, Pace.MAX).annotationsTo(this::onGapRecord);
            replay.run(sequence -> {});
            assertEquals(lastSequence, replay.lastSequence());
            BarLogVerification.Result compared = log.finish(lastSequence);
            assertFalse(compared.isDifferent(), compared::toString);
            assertEquals(Optional.empty(), gapMatch.firstDifference());
            assertEquals(0, gapMatch.passed(), "gaps that were left out");
            decidedToMs = whole.exchangeTimeMs();
            return state(whole);
        }
    }

    private void onGapRecord(MarketEvent event) {
        gapMatch.onGapRecord(event);
        gaps.add(GapRecord.decode(event.bytes(), event.length()));
    }

    /** Every snapshot that the journal still holds the record of leads to the one state. */
    void requireEverySnapshot() throws IOException, InterruptedException {
        requireSnapshots(Integer.MAX_VALUE);
    }

    private void requireSnapshots(int newest) throws IOException, InterruptedException {
        for (Path file : usableSnapshots().stream().limit(newest).toList()) {
            assertArrayEquals(expected, stateFrom(file), () -> "state from " + file.getFileName());
        }
    }

    /** Retention may just have deleted what an old one goes on from; the next snapshot's writer deletes that one too. */
    private List<Path> usableSnapshots() throws IOException {
        List<Path> usable = new ArrayList<>();
        for (Path file : snapshots.newestFirst()) {
            if (snapshots.read(file).sequence() >= firstSequence) {
                usable.add(file);
            }
        }
        return usable;
    }

    private byte[] stateFrom(Path file) throws IOException, InterruptedException {
        Counters counters = new Counters();
        StrategyHost host = new StrategyHost(List::of, counters, new ErrorLog(Clock.systemUTC()));
        Market market = new Market(host, (gap, receiveNs) -> {}, counters);
        Snapshot snapshot = snapshots.read(file);
        market.readFrom(snapshot.state(), snapshot.sequence(), snapshot.receiveNs());
        try (JournalReader reader = JournalReader.open(journal)) {
            new Replay(reader, market, Pace.MAX)
                    .after(snapshot.sequence(), snapshot.receiveNs())
                    .run(sequence -> {});
        }
        return state(market);
    }

    private static byte[] state(Market market) {
        StateWriter out = new StateWriter();
        if (market.isBegun()) {
            market.writeTo(out);
        }
        return Arrays.copyOf(out.bytes(), out.length());
    }
}
