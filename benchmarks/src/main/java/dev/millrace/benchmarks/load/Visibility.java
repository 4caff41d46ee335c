package dev.millrace.benchmarks.load;

import dev.millrace.benchmarks.Arguments;
import dev.millrace.benchmarks.Markdown;
import dev.millrace.benchmarks.Results;
import dev.millrace.benchmarks.Samples;
import dev.millrace.benchmarks.Surroundings;
import dev.millrace.config.EngineConfig;
import dev.millrace.journal.JournalWriter;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.ErrorLog;
import dev.millrace.ops.EngineVersion;
import dev.millrace.pipeline.LocalClock;
import dev.millrace.pipeline.Market;
import dev.millrace.replay.Tail;
import dev.millrace.state.SnapshotFolder;
import dev.millrace.store.Database;
import dev.millrace.store.Flusher;
import dev.millrace.store.RowCollector;
import dev.millrace.strategy.StrategyHost;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * How long after it was written to the journal a record's rows are seen by SQL: a journal is written at a steady rate, the
 * store follows it, a reader asks for the tables' position again and again.
 *
 * <p>Arguments: seconds, messages a second.
 */
public final class Visibility {

    private static final int LONGEST_WARM_UP_S = 5;
    private static final long POLL_NS = 10_000_000;
    private static final double ALLOWED_MS = 250;

    private final EngineConfig config;
    private final Workload workload;
    private final long[] writtenNs;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final CountDownLatch begun = new CountDownLatch(1);
    private volatile long written;

    private Visibility(Place place, int messages) {
        config = WorkloadJournal.config(place.folder().resolve("data"), List.of("journal.compress=false"));
        workload = place.content();
        writtenNs = new long[messages + 2];
    }

    public static void main(String[] args) throws IOException, InterruptedException, SQLException {
        int seconds = new Arguments(args).number(0, 60);
        int rate = new Arguments(args).number(1, 2_000);
        int warmUp = Math.min(seconds, LONGEST_WARM_UP_S);
        int messages = (seconds + warmUp) * rate;
        Markdown page = new Markdown();
        page.line("# How soon SQL sees what was journaled");
        page.line("");
        Surroundings.print(
                page,
                Visibility.class,
                args,
                ManagementFactory.getRuntimeMXBean().getInputArguments());
        try (Place place = Place.make(messages)) {
            page.line(
                    "- workload: %s; %,d messages/s for %d s after %d s of warming up",
                    place.content(), rate, seconds, warmUp);
            page.line("- from the moment the record is in the journal until a query that began later sees its rows");
            page.line("- not included: the feed; forcing the journal to the disk; the lake");
            new Visibility(place, messages).run(rate, warmUp * rate, page);
        }
        page.save(Results.page("visibility.md"));
    }

    private void run(int rate, int unmeasured, Markdown page) throws IOException, InterruptedException, SQLException {
        Counters counters = new Counters();
        RowCollector collector = new RowCollector(counters);
        Samples seen;
        try (Database tables = Database.open(
                config.data().database(),
                config.data().lake(),
                config.data().spill(),
                config.store(),
                EngineVersion.text())) {
            Thread store = new Thread(() -> follow(tables, collector, counters), "store");
            Thread feed = new Thread(() -> write(rate), "feed");
            feed.start();
            begun.await();
            store.start();
            seen = look(
                    tables, unmeasured, () -> store.isAlive() && (feed.isAlive() || written == writtenNs.length - 1));
            feed.join();
            ended.set(true);
            store.join();
        }
        double interval = config.store().flushInterval().toMillis();
        page.table(List.of("messages", "ms: median", "p99", "max"));
        page.row(seen.count() + " | " + seen.cells());
        page.line("");
        page.line(
                "Aimed at: flush interval (%.0f ms) and %.0f ms more at p99; %s.",
                interval, ALLOWED_MS, seen.percentile(99) <= interval + ALLOWED_MS ? "reached" : "**not reached**");
    }

    /** A journal has one thread that writes it, from its opening on. */
    private void write(int rate) {
        WorkloadJournal writer = new WorkloadJournal(config);
        try (JournalWriter journal =
                JournalWriter.open(config.data().journal(), config.journal(), LocalClock.system(), new Counters())) {
            writer.session(journal);
            begun.countDown();
            long startNs = System.nanoTime();
            for (int i = 0; i < workload.count(); i++) {
                long dueNs = startNs + i * 1_000_000_000L / rate;
                for (long left = dueNs - System.nanoTime(); left > 0; left = dueNs - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                writer.frame(journal, workload.wire(i, i + 1));
                writtenNs[i + 2] = System.nanoTime(); // the session's header is record 1
                written = i + 2L;
            }
        }
    }

    private void follow(Database tables, RowCollector collector, Counters counters) {
        StrategyHost nobody = new StrategyHost(List::of, counters, new ErrorLog(Clock.systemUTC()));
        SnapshotFolder none = new SnapshotFolder(config.data().state(), "capture", "", Market.SEMANTICS_VERSION);
        try (Tail tail = Tail.open(
                        config.data().journal(),
                        none,
                        () -> new Market(nobody, (gap, receiveNs) -> {}, collector, collector, counters),
                        0,
                        0,
                        sequence -> {});
                Flusher flusher = new Flusher(tables, collector, config.store(), () -> {}, sequence -> {}, counters)) {
            Market market = tail.market();
            while (!ended.get()) {
                if (tail.follow(record -> flusher.onRecord(market.sequence(), market.receiveNs(), System.nanoTime()))
                        == 0) {
                    flusher.onIdle(System.nanoTime());
                    LockSupport.parkNanos(POLL_NS);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("the journal cannot be followed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A record counts as seen when the query that shows it has ended. */
    private Samples look(Database tables, int unmeasured, BooleanSupplier going) throws SQLException {
        Samples ms = new Samples();
        int last = writtenNs.length - 1;
        int next = 2;
        try (Connection reader = tables.connect();
                Statement statement = reader.createStatement()) {
            while (next <= last) {
                long reached;
                try (ResultSet row = statement.executeQuery("SELECT committed_sequence FROM position")) {
                    row.next();
                    reached = Math.min(row.getLong(1), written);
                }
                for (long now = System.nanoTime(); next <= reached; next++) {
                    if (next > unmeasured) {
                        ms.add((now - writtenNs[next]) / 1e6);
                    }
                }
                if (!going.getAsBoolean()) {
                    throw new IllegalStateException("store or feed has ended early, at record " + reached);
                }
                LockSupport.parkNanos(POLL_NS);
            }
        }
        return ms;
    }
}
