package dev.millrace.replay;

import dev.millrace.journal.JournalDamagedException;
import dev.millrace.journal.JournalReader;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.StateException;
import dev.millrace.pipeline.Market;
import dev.millrace.state.Snapshot;
import dev.millrace.state.SnapshotFolder;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A market behind the journal: brought to a place that somebody has kept, from the newest usable snapshot before it, and
 * then following what is written. Damaged records are skipped as a start skips them. One thread.
 */
public final class Tail implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Tail.class);

    private static final long NS_PER_MS = 1_000_000;

    /** Records between two looks around: tens of milliseconds. */
    private static final int STRETCH = 10_000;

    private final JournalReader reader;
    private final Market market;
    private final Replay replay;
    private final MarketEvent event = new MarketEvent(Replay.INLINE_BYTES);

    private Tail(JournalReader reader, Market market) {
        this.reader = reader;
        this.market = market;
        replay = new Replay(reader, market, Pace.MAX).skipDamaged();
    }

    /**
     * Brings a market to a record.
     *
     * @param markets gives new ones; what they tell on the way has been told before
     * @param sequence of the record, 0 for the place before the first
     * @param receiveNs when that record was received, by which it is known
     * @param progress told the sequence of each record applied on the way
     * @throws StateException when the journal does not hold that record
     */
    public static Tail open(
            Path journal,
            SnapshotFolder snapshots,
            Supplier<Market> markets,
            long sequence,
            long receiveNs,
            LongConsumer progress)
            throws IOException, InterruptedException {
        for (Path file : snapshots.newestFirst()) {
            Tail tail = sequence == 0 ? null : from(file, snapshots, journal, markets.get(), sequence, progress);
            if (tail != null) {
                return tail.requireAt(sequence, receiveNs);
            }
        }
        Tail tail = new Tail(JournalReader.open(journal), markets.get());
        try {
            if (tail.reader.firstSequence() > 1) {
                tail.replay.afterOldest(snapshots);
            }
            tail.replay.follow(tail.event, sequence, progress);
            return tail.requireAt(sequence, receiveNs);
        } catch (RuntimeException | IOException | InterruptedException e) {
            tail.close();
            throw e;
        }
    }

    /**
     * Begins where everything that happened from a time on is still to come: behind the newest snapshot from before it,
     * else with the journal's first record; where that is gone, behind the oldest snapshot that can be used. {@link
     * #tellsFromMs} says from when on it tells everything.
     *
     * @param fromMs of the venue's and of the local clock
     * @param last the snapshot is not behind this record
     * @return empty when the journal's beginning is gone and no snapshot stands in for it
     */
    public static Optional<Tail> openBefore(
            Path journal, SnapshotFolder snapshots, Supplier<Market> markets, long fromMs, long last)
            throws IOException {
        List<Path> oldestFirst = snapshots.oldestFirst();
        for (int i = oldestFirst.size() - 1; i >= 0; i--) {
            Tail tail = at(oldestFirst.get(i), snapshots, journal, markets.get(), last, fromMs * NS_PER_MS);
            if (tail != null && tail.tellsFromMs() <= fromMs) {
                return Optional.of(tail);
            }
            closeUnlessNull(tail);
        }
        Tail whole = new Tail(JournalReader.open(journal), markets.get());
        if (whole.reader.firstSequence() == 1) {
            return Optional.of(whole);
        }
        whole.close();
        return oldest(oldestFirst, snapshots, journal, markets, last);
    }

    private static Optional<Tail> oldest(
            List<Path> oldestFirst, SnapshotFolder snapshots, Path journal, Supplier<Market> markets, long last)
            throws IOException {
        for (Path file : oldestFirst) {
            Tail tail = at(file, snapshots, journal, markets.get(), last, Long.MAX_VALUE);
            if (tail != null) {
                return Optional.of(tail);
            }
        }
        return Optional.empty();
    }

    private static void closeUnlessNull(Tail tail) {
        if (tail != null) {
            tail.close();
        }
    }

    /**
     * As it was opened: no record that made something of this time or later was passed. By the greater of both clocks, ms;
     * the least long at the journal's first record.
     */
    public long tellsFromMs() {
        return market.isBegun()
                ? Math.max(market.venueTimeMs(), Math.floorDiv(market.receiveNs(), NS_PER_MS)) + 1
                : Long.MIN_VALUE;
    }

    /** Null when this snapshot is behind the record, or of no use. */
    private static Tail from(
            Path file, SnapshotFolder snapshots, Path journal, Market market, long sequence, LongConsumer progress)
            throws IOException, InterruptedException {
        Tail tail = at(file, snapshots, journal, market, sequence, Long.MAX_VALUE);
        if (tail != null) {
            try {
                tail.followTo(sequence, progress);
            } catch (RuntimeException | InterruptedException e) {
                tail.close();
                throw e;
            }
        }
        return tail;
    }

    private static Tail at(
            Path file, SnapshotFolder snapshots, Path journal, Market market, long last, long lastReceiveNs)
            throws IOException {
        Tail tail = null;
        try {
            Snapshot snapshot = snapshots.read(file);
            if (snapshot.sequence() <= last && snapshot.receiveNs() <= lastReceiveNs) {
                tail = new Tail(JournalReader.open(journal), market);
                market.readFrom(snapshot.state(), snapshot.sequence(), snapshot.receiveNs());
                tail.replay.after(snapshot.sequence(), snapshot.receiveNs());
                return tail;
            }
        } catch (NoSuchFileException e) {
            LOG.debug("{} was deleted by the one who writes newer ones", file, e);
        } catch (StateException | JournalDamagedException e) {
            LOG.warn("{} is not used: {}", file, e.getMessage());
        }
        closeUnlessNull(tail);
        return null;
    }

    private Tail requireAt(long sequence, long receiveNs) {
        boolean there = sequence == 0 || (market.sequence() == sequence && market.receiveNs() == receiveNs);
        if (!there) {
            close();
            throw new StateException("the journal does not hold record " + sequence + ", received at " + receiveNs
                    + " ns; it goes from " + reader.firstSequence() + " to " + reader.lastSequence());
        }
        return this;
    }

    /**
     * Applies what the journal holds now, a stretch of it at most, so that the caller can look around.
     *
     * @param progress told the sequence of each record applied
     * @return records applied
     */
    public long follow(LongConsumer progress) throws InterruptedException {
        return replay.follow(event, replay.lastSequence() + STRETCH, progress);
    }

    /**
     * Applies what the journal holds up to a record, also behind damage that looks like its end.
     *
     * @param progress told the sequence of each record applied
     */
    public void followTo(long last, LongConsumer progress) throws InterruptedException {
        replay.follow(event, last, progress);
        while (replay.lastSequence() < last && !replay.atEnd()) {
            replay.follow(event, last, progress);
        }
    }

    /** The last record that the journal holds now; 0 when there is none. */
    public long end() {
        return reader.lastSequence();
    }

    /** The last record read, of any kind: a gap record is none of the market's. */
    public long sequence() {
        return replay.lastSequence();
    }

    public Market market() {
        return market;
    }

    @Override
    public void close() {
        reader.close();
    }
}
