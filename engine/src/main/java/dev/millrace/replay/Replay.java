package dev.millrace.replay;

import dev.millrace.journal.JournalDamagedException;
import dev.millrace.journal.JournalReader;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import dev.millrace.market.StateException;
import dev.millrace.pipeline.Market;
import dev.millrace.state.Snapshot;
import dev.millrace.state.SnapshotFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Feeds a journal to a market, record by record, on the calling thread. */
public final class Replay {

    private static final Logger LOG = LoggerFactory.getLogger(Replay.class);
    static final int INLINE_BYTES = 64 * 1024;

    private final JournalReader journal;
    private final Market market;
    private final Pace pace;
    private Consumer<MarketEvent> annotations = event -> {};
    private boolean skipDamaged;
    private boolean inSession;
    private long skipped;
    private JournalDamagedException damage;
    private long expected;
    /** Damage hid all that may follow: there is nothing more to read. */
    private boolean lost;

    private boolean holeOpen;
    private long holeSinceMs;
    private long holeExchangeMs;

    public Replay(JournalReader journal, Market market, Pace pace) {
        this.journal = journal.withUnknownKinds().withBeginning();
        this.market = market;
        this.pace = pace;
    }

    /** Goes on behind damaged records; the bars they may have touched are not complete. */
    public Replay skipDamaged() {
        skipDamaged = true;
        return this;
    }

    /**
     * Where retention has deleted the journal's beginning: begins behind the oldest snapshot whose record is still there.
     * The market, which has seen nothing, takes up its state.
     *
     * @return the snapshot's sequence; 0 when none can be used, then the replay begins with the first record
     */
    public long afterOldest(SnapshotFolder snapshots) throws IOException {
        for (Path file : snapshots.oldestFirst()) {
            try {
                Snapshot snapshot = snapshots.read(file);
                after(snapshot.sequence(), snapshot.receiveNs());
                market.readFrom(snapshot.state(), snapshot.sequence(), snapshot.receiveNs());
                return snapshot.sequence();
            } catch (StateException | JournalDamagedException e) {
                LOG.warn("{} is not used: {}", file, e.getMessage());
            }
        }
        journal.seekSequence(journal.firstSequence());
        journal.withBeginning();
        inSession = false;
        expected = 0;
        return 0;
    }

    /** Tells the gap records on the way, each after the record that its gap was derived from. The event is reused. */
    public Replay annotationsTo(Consumer<MarketEvent> consumer) {
        annotations = consumer;
        return this;
    }

    /**
     * Begins behind this record; the market has taken up the state at it.
     *
     * @param receiveNs when the record was received, by which it is known
     * @throws StateException when this journal does not hold that record
     * @throws JournalDamagedException when the record, or the way to it, is damaged
     */
    public Replay after(long sequence, long receiveNs) {
        MarketEvent event = new MarketEvent(INLINE_BYTES);
        journal.seekSequence(sequence);
        if (!journal.read(event) || event.sequence() != sequence) {
            throw new StateException("the journal does not hold record " + sequence + "; it goes from "
                    + journal.firstSequence() + " to " + journal.lastSequence());
        }
        if (event.receiveNs() != receiveNs) {
            throw new StateException("it belongs to another journal: its record " + sequence + " was received at "
                    + receiveNs + " ns, this journal's at " + event.receiveNs());
        }
        inSession = true;
        expected = sequence + 1;
        return this;
    }

    /** Records that were skipped because they or their places are damaged. */
    public long skipped() {
        return skipped;
    }

    /** The last record read; 0 before the first. */
    public long lastSequence() {
        return Math.max(0, expected - 1);
    }

    /**
     * Replays from the reader's position to the journal's present end.
     *
     * @param progress told the sequence of each record applied
     * @return records applied
     * @throws InterruptedException when a paced replay is interrupted
     * @throws JournalDamagedException at the first bad record, everything before it was applied; when skipping, only
     *     where no sound record can be found behind it
     */
    public long run(LongConsumer progress) throws InterruptedException {
        MarketEvent event = new MarketEvent(INLINE_BYTES);
        long records = follow(event, Long.MAX_VALUE, progress);
        while (!atEnd()) {
            records += follow(event, Long.MAX_VALUE, progress);
        }
        if (holeOpen) {
            market.onSkipped(holeSinceMs, event.receiveNs());
        }
        return records;
    }

    /**
     * Applies what the journal holds now, without asking whether it is damaged there where it seems to end; called again and
     * again it follows a journal that is being written.
     *
     * @param event holds the last record afterwards
     * @param last the sequence behind which it stops
     * @param progress told the sequence of each record applied
     * @return records applied
     * @throws InterruptedException when a paced replay is interrupted
     * @throws JournalDamagedException at the first bad record, unless skipping
     */
    long follow(MarketEvent event, long last, LongConsumer progress) throws InterruptedException {
        long records = 0;
        while (lastSequence() < last && next(event)) {
            inSession |= event.kind() == RecordKind.SESSION;
            if (event.kind() != null && inSession) { // kinds of a later version; or the session header was skipped
                pace.await(event.receiveNs());
                apply(event);
                records++;
            }
            damage = null;
            expected = event.sequence() + 1;
            progress.accept(event.sequence());
        }
        return records;
    }

    private void apply(MarketEvent event) {
        if (damage != null && !holeOpen) {
            holeOpen = true;
            holeSinceMs = market.venueTimeMs();
            holeExchangeMs = market.exchangeTimeMs();
        }
        market.onEvent(event);
        if (event.kind() == RecordKind.GAP) {
            annotations.accept(event);
        }
        // Only the next exchange time tells how long the hole was; until then the clock may stand still.
        if (holeOpen && market.exchangeTimeMs() > holeExchangeMs) {
            market.onSkipped(holeSinceMs, event.receiveNs());
            holeOpen = false;
        }
    }

    private boolean next(MarketEvent event) {
        while (true) {
            try {
                if (!journal.read(event)) {
                    return false;
                }
                skipped += damage == null ? 0 : event.sequence() - expected;
                return true;
            } catch (JournalDamagedException e) {
                if (!skipDamaged) {
                    throw e;
                }
                if (!goOn(e)) {
                    lost = true;
                    return false;
                }
            }
        }
    }

    /** Damage can look like the end: false when there are records behind it, which are read next. */
    boolean atEnd() {
        if (lost) {
            return true;
        }
        try {
            journal.requireEnd();
            return true;
        } catch (JournalDamagedException e) {
            if (!skipDamaged) {
                throw e;
            }
            lost = !goOn(e);
            return lost;
        }
    }

    /** The reader itself goes on behind a record that is damaged inside; where it cannot, a later place is sought. */
    private boolean goOn(JournalDamagedException e) {
        if (expected == 0) {
            expected = e.sequence();
        }
        boolean again = damage != null && damage.sequence() == e.sequence();
        damage = e;
        if (again && !journal.seekBehindDamage()) {
            skipped += Math.max(1, journal.lastSequence() - expected + 1);
            return false;
        }
        return true;
    }
}
