package dev.millrace.store;

import dev.millrace.config.EngineConfig;
import dev.millrace.config.LakeConfig.PageCompression;
import dev.millrace.lake.Compression;
import dev.millrace.lake.LakeException;
import dev.millrace.lake.LakeWriter;
import dev.millrace.metrics.Counters;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every {@code lake.roll-interval} for what is due for the lake, on a thread of its own, {@code md-store-roll}. What
 * fails is told once in the log and by {@link #problem} as long as it lasts; the next pass tries again, and the rows stay in
 * the tables until then.
 */
public final class LakeThread implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LakeThread.class);
    private static final long CLOSE_DEADLINE_MS = 60_000;

    private final Roller roller;
    private final long intervalNs;
    private final LongSupplier venueMs;
    private final CountDownLatch closing;
    private final Thread thread = new Thread(this::run, "md-store-roll");
    private volatile String problem = "";
    private volatile Exception damage;

    private LakeThread(Roller roller, CountDownLatch closing, long intervalNs, LongSupplier venueMs) {
        this.roller = roller;
        this.closing = closing;
        this.intervalNs = intervalNs;
        this.venueMs = venueMs;
        thread.setDaemon(true);
    }

    /**
     * Starts it; to be closed before the flusher.
     *
     * @param venueMs the venue's time as far as the tables reach
     * @param program name and version for the files
     * @throws LakeException when the lake's folder cannot be written
     */
    public static LakeThread start(
            Database database,
            Flusher flusher,
            EngineConfig config,
            LongSupplier venueMs,
            String program,
            Counters counters) {
        LakeWriter lake = writer(config, program);
        CountDownLatch closing = new CountDownLatch(1);
        Roller roller = new Roller(
                database,
                flusher,
                lake,
                config.store(),
                config.lake(),
                config.results().bars().revisionWindow().toMillis()
                        + config.results().bars().closeDelay().toMillis(),
                () -> closing.getCount() == 0,
                counters);
        LakeThread started =
                new LakeThread(roller, closing, config.lake().rollInterval().toNanos(), venueMs);
        started.thread.start();
        return started;
    }

    /**
     * Writes the lake of a configuration, for one who does so alone.
     *
     * @param program name and version for the files
     * @throws LakeException when the lake's folder cannot be written
     */
    public static LakeWriter writer(EngineConfig config, String program) {
        Compression compression =
                config.lake().compression() == PageCompression.ZSTD ? Compression.ZSTD : Compression.SNAPPY;
        return new LakeWriter(config.data().lake(), compression, program);
    }

    /** What keeps days from reaching the lake, in words; empty when nothing does. Any thread. */
    public Optional<String> problem() {
        return Optional.of(problem).filter(words -> !words.isEmpty());
    }

    /**
     * The last record whose rows are all in the lake as far as it is to hold them: what the journal still needs to make the
     * tables again begins behind it. Any thread.
     */
    public long safeTo() {
        return roller.safeTo();
    }

    private void run() {
        try {
            while (!closing.await(intervalNs, TimeUnit.NANOSECONDS)) {
                tell(pass());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does; the thread ends
        }
    }

    private String pass() {
        try {
            roller.pass(venueMs.getAsLong());
            return "";
        } catch (SQLException | RuntimeException e) { // a thread that has died would keep every later day from the lake
            damage = DatabaseDamagedException.met(e).isPresent() ? e : damage;
            return closing.getCount() == 0 ? problem : "the lake cannot go on: " + e.getMessage();
        }
    }

    private void tell(String now) {
        if (!now.equals(problem)) {
            LOG.warn("{}", now.isEmpty() ? "the lake goes on" : now);
            problem = now;
        }
    }

    /**
     * To be asked now and then: damage of the tables that is met here does not go away.
     *
     * @throws StoreException when there was some
     */
    public void requireSound() {
        Exception met = damage;
        if (met != null) {
            throw new StoreException("the tables cannot be read: " + Database.firstLine(met), met);
        }
    }

    /** Begins nothing more. */
    public void stop() {
        closing.countDown();
    }

    /** Lets the file under way be finished. */
    @Override
    public void close() {
        stop();
        try {
            thread.join(CLOSE_DEADLINE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted while md-store-roll was stopping", e);
        }
        if (thread.isAlive()) {
            throw new StoreException("md-store-roll still writes after " + CLOSE_DEADLINE_MS + " ms");
        }
    }
}
