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

    /** Null when this snapshot is behind the record, or of no use. */
    private static Tail from(
            Path file, SnapshotFolder snapshots, Path journal, Market market, long sequence, LongConsumer progress)
            throws IOException, InterruptedException {
        Tail tail = new Tail(JournalReader.open(journal), market);
        try {
            Snapshot snapshot = snapshots.read(file);
            if (snapshot.sequence() <= sequence) {
                market.readFrom(snapshot.state(), snapshot.sequence(), snapshot.receiveNs());
                tail.replay.after(snapshot.sequence(), snapshot.receiveNs());
                tail.replay.follow(tail.event, sequence, progress);
                return tail;
            }
        } catch (NoSuchFileException e) {
            LOG.debug("{} was deleted by the one who writes newer ones", file, e);
        } catch (StateException | JournalDamagedException e) {
            LOG.warn("{} is not used: {}", file, e.getMessage());
        }
        tail.close();
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

    /** To be asked once in a while where nothing follows: false when damage only looked like the end. */
    public boolean isAtEnd() {
        return replay.atEnd();
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
