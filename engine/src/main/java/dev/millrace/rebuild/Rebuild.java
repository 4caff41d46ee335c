package dev.millrace.rebuild;

import dev.millrace.config.EngineConfig;
import dev.millrace.config.Role;
import dev.millrace.journal.JournalReader;
import dev.millrace.lake.LakeWriter;
import dev.millrace.market.MarketEvent;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.ErrorLog;
import dev.millrace.ops.EngineVersion;
import dev.millrace.pipeline.Market;
import dev.millrace.replay.Tail;
import dev.millrace.state.SnapshotFolder;
import dev.millrace.store.Database;
import dev.millrace.store.DayRebuild;
import dev.millrace.store.HeldDays;
import dev.millrace.store.LakeThread;
import dev.millrace.store.PartitionChange;
import dev.millrace.store.Position;
import dev.millrace.store.RebuildScope;
import dev.millrace.store.RefusedException;
import dev.millrace.store.ReplayedRows;
import dev.millrace.strategy.StrategyHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Makes the rows of some days again. First the journal is replayed, from the newest snapshot before the first day to the
 * record that the tables reach to, since late trades belong to days long gone; its rows wait in tables of their own. Then
 * day after day takes the place of what is there. A rebuild that dies or is ended leaves each day as it was or new, and may
 * be begun again.
 */
public final class Rebuild {

    private static final long NS_PER_MS = 1_000_000;
    private static final long TOLD_EVERY = 5_000;

    private final EngineConfig config;
    private final RebuildScope scope;
    private final RebuildListener listener;
    private final DayRebuild days;
    private final HeldDays held;
    private final WithoutJournal withoutJournal;
    private final Position position;
    private long done;

    private Rebuild(EngineConfig config, Database tables, RebuildScope scope, RebuildListener listener) {
        this.config = config;
        this.listener = listener;
        held = new HeldDays(tables);
        position = tables.position();
        this.scope = existing(scope);
        LakeWriter writer = LakeThread.writer(config, EngineVersion.program());
        days = new DayRebuild(tables, writer);
        withoutJournal = new WithoutJournal(
                held, writer.lake(), days, this.scope, config.results().bars().emptyBars(), listener);
    }

    /**
     * Does it; returns when all days are done.
     *
     * @param tables whose owner's connection nobody else uses meanwhile
     * @throws RefusedException when there is nothing in the range, saying what there is
     * @throws dev.millrace.store.StoreException when it could not go on; what was told is done
     */
    public static void run(EngineConfig config, Database tables, RebuildScope scope, RebuildListener listener)
            throws IOException, InterruptedException {
        new Rebuild(config, tables, scope, listener).run();
    }

    private RebuildScope existing(RebuildScope asked) {
        Optional<HeldDays.Days> there = journalBegins()
                .map(first -> held.days().map(days -> days.and(first)).orElse(new HeldDays.Days(first, first)))
                .or(held::days);
        if (position.sequence() == 0 || there.isEmpty()) {
            throw new RefusedException("the tables in " + config.data().database()
                    + " are empty: there is nothing to make again; a daemon with the role store fills them");
        }
        HeldDays.Days all = there.get().and(day(position.receiveNs()));
        if (!all.meets(asked.from(), asked.to())) {
            throw new RefusedException("there is nothing of " + asked + "; there are the days from " + all.first()
                    + " to " + all.last() + " (UTC)");
        }
        return asked.within(all.first(), all.last());
    }

    /** The day of the first record that the journal holds; empty without a journal. */
    private Optional<LocalDate> journalBegins() {
        if (!Files.isDirectory(journal())) {
            return Optional.empty();
        }
        try (JournalReader reader = JournalReader.open(journal()).withUnknownKinds()) {
            MarketEvent first = new MarketEvent(1 << 16);
            return reader.read(first) ? Optional.of(day(first.receiveNs())) : Optional.empty();
        }
    }

    private static LocalDate day(long ns) {
        return Instant.ofEpochMilli(Math.floorDiv(ns, NS_PER_MS))
                .atOffset(ZoneOffset.UTC)
                .toLocalDate();
    }

    private Path journal() {
        return config.data().journal();
    }

    private void run() throws IOException, InterruptedException {
        try (ReplayedRows rows =
                ReplayedRows.create(config.data().database(), scope, config.store(), EngineVersion.text())) {
            Optional<Replayed> replayed = replay(rows);
            SortedSet<LocalDate> there = held.each();
            there.addAll(rows.days());
            SortedSet<LocalDate> due = new TreeSet<>(there.subSet(scope.from(), scope.to()));
            LocalDate whole = replayed.map(Replayed::first).orElse(scope.to());
            for (LocalDate next : due.tailSet(whole)) {
                nextOf(due.size());
                List<PartitionChange> changes =
                        days.byReplay(next, rows, replayed.orElseThrow().after(), scope);
                changes.forEach(listener::rebuilt);
            }
            for (LocalDate next : due.headSet(whole)) { // what they read of later days is mended by now
                nextOf(due.size());
                withoutJournal.rebuild(next);
            }
            listener.progress("days", due.size(), due.size());
        }
    }

    private void nextOf(long all) {
        listener.progress("days", done++, all);
    }

    /**
     * A replay.
     *
     * @param after the record behind which it began
     * @param first the first day of which it gave every row
     */
    private record Replayed(long after, LocalDate first) {}

    /** Empty where the journal gives nothing. */
    private Optional<Replayed> replay(ReplayedRows rows) throws IOException, InterruptedException {
        if (!Files.isDirectory(journal())) {
            return Optional.empty();
        }
        SnapshotFolder snapshots = new SnapshotFolder(
                config.data().state(), Role.CAPTURE.label(), EngineVersion.text(), Market.SEMANTICS_VERSION);
        Optional<Tail> opened =
                Tail.openBefore(journal(), snapshots, () -> market(rows), scope.fromMs(), position.sequence());
        if (opened.isEmpty()) {
            return Optional.empty();
        }
        try (Tail tail = opened.get()) {
            Replayed replayed = new Replayed(tail.sequence(), firstWhole(tail.tellsFromMs()));
            if (replayed.first().isBefore(scope.to())) {
                replay(tail, rows);
            }
            rows.finish();
            return Optional.of(replayed);
        }
    }

    private Market market(ReplayedRows rows) {
        Counters unseen = new Counters();
        StrategyHost nobody = new StrategyHost(List::of, unseen, new ErrorLog(Clock.systemUTC()));
        return new Market(nobody, (gap, receiveNs) -> {}, rows.bars(), rows.ticks(), unseen)
                .besides(scope.timeframes());
    }

    /** The first of the days that begins at this time or later. */
    private LocalDate firstWhole(long tellsFromMs) {
        if (tellsFromMs <= scope.fromMs()) {
            return scope.from();
        }
        return day((tellsFromMs - 1) * NS_PER_MS).plusDays(1);
    }

    private void replay(Tail tail, ReplayedRows rows) throws InterruptedException {
        long from = tail.sequence();
        long all = position.sequence() - from;
        Market market = tail.market();
        tail.followTo(position.sequence(), sequence -> {
            rows.onRecord(sequence, market.receiveNs());
            if (sequence % TOLD_EVERY == 0) {
                listener.progress("records", sequence - from, all);
            }
        });
        listener.progress("records", all, all);
    }
}
