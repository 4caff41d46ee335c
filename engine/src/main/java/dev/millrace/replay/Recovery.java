package dev.millrace.replay;

import dev.millrace.barlog.BarLog;
import dev.millrace.journal.JournalDamagedException;
import dev.millrace.journal.JournalException;
import dev.millrace.journal.JournalReader;
import dev.millrace.market.StateException;
import dev.millrace.market.TickSink;
import dev.millrace.metrics.Counter;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.ErrorLog;
import dev.millrace.pipeline.GapMatch;
import dev.millrace.pipeline.Market;
import dev.millrace.state.Snapshot;
import dev.millrace.state.SnapshotFolder;
import dev.millrace.strategy.StrategyHost;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a start knows: a market at the journal's end, from the newest usable snapshot and the journal behind it, else from
 * the whole journal. Nobody is told, and the counts of what happens on the way are nobody's. A snapshot that cannot be used
 * is named in the log and counted; damage never prevents the start. Caller's thread.
 */
public final class Recovery {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final Path journal;
    private final SnapshotFolder snapshots;
    private final ErrorLog errors;
    private final Counter refused;
    private final Counter replayed;
    private final BarLog barLog;
    private GapMatch gaps;
    private Market market;

    /** @param barLog compares the bars that are made again, and takes those that it lacks */
    public Recovery(Path journal, SnapshotFolder snapshots, BarLog barLog, Counters counters, ErrorLog errors) {
        this.journal = journal;
        this.snapshots = snapshots;
        this.barLog = barLog;
        this.errors = errors;
        refused = counters.counter("recovery.refused", "Snapshots that could not be used at the start");
        replayed = counters.gauge("recovery.records", "Records replayed at the start");
    }

    /**
     * Gives the market at the journal's end.
     *
     * @param journalEnd the last record's sequence; 0 when there is none
     */
    public Market run(long journalEnd) throws InterruptedException {
        for (Path file : files()) {
            if (from(file, journalEnd)) {
                return market;
            }
        }
        market = silent();
        if (journalEnd > 0) {
            try (JournalReader reader = JournalReader.open(journal)) {
                barLog.resumeAfter(reader.firstSequence() - 1);
                replay(new Replay(reader, market, Pace.MAX), "the journal's start");
            }
        }
        return market;
    }

    /** Gaps that were derived on the way and that the journal does not hold: a killed session had no time to write them. */
    public Collection<GapMatch.Derived> unwrittenGaps() {
        return gaps.unwritten();
    }

    private List<Path> files() {
        try {
            return snapshots.newestFirst();
        } catch (IOException e) {
            refuse("the snapshots", e);
            return List.of();
        }
    }

    /** False when this snapshot is of no use; what was begun with it is thrown away. */
    private boolean from(Path file, long journalEnd) throws InterruptedException {
        try {
            Snapshot snapshot = snapshots.read(file);
            if (snapshot.sequence() > journalEnd) {
                throw new StateException("it is newer than the journal, which ends at record " + journalEnd);
            }
            market = silent();
            market.readFrom(snapshot.state(), snapshot.sequence(), snapshot.receiveNs());
            replayBehind(snapshot);
            return true;
        } catch (IOException | RuntimeException e) {
            refuse("snapshot " + file, e);
            return false;
        }
    }

    private void replayBehind(Snapshot snapshot) throws InterruptedException {
        try (JournalReader reader = JournalReader.open(journal)) {
            Replay tail = new Replay(reader, market, Pace.MAX).after(snapshot.sequence(), snapshot.receiveNs());
            barLog.resumeAfter(snapshot.sequence());
            replay(tail, snapshot.file().getFileName().toString());
        }
    }

    private void refuse(String what, Exception why) {
        refused.increment();
        LOG.warn("{} is not used: {}", what, why.getMessage());
    }

    private void replay(Replay replay, String from) throws InterruptedException {
        long startNs = System.nanoTime();
        try {
            replayed.set(replay.skipDamaged().annotationsTo(gaps::onGapRecord).run(sequence -> {}));
            LOG.info(
                    "recovered from {} and {} records behind it in {} ms",
                    from,
                    replayed.get(),
                    (System.nanoTime() - startNs) / 1_000_000);
        } catch (JournalDamagedException damaged) {
            // Damage never prevents capture; the health page says what it cost.
            errors.record("recovery", damaged);
            LOG.error("recovered up to a damaged record only: {}", damaged.getMessage());
        }
        if (replay.skipped() > 0) {
            String cost = replay.skipped() + " damaged records were skipped; see millrace journal verify";
            errors.record("recovery", new JournalException(cost));
            LOG.error("{}", cost);
        }
    }

    private Market silent() {
        Counters unseen = new Counters();
        gaps = new GapMatch();
        return new Market(new StrategyHost(List::of, unseen, errors), gaps, barLog, TickSink.NONE, unseen);
    }
}
