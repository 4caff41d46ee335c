package dev.millrace.journal;

import dev.millrace.config.JournalConfig;
import dev.millrace.market.IntakeSwitch;
import dev.millrace.market.NanoClock;
import dev.millrace.metrics.Counters;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread {@code md-journal-room}: sees to it that the journaller always has room. Chronicle maps sparse files, so that
 * a full disk is a fault of memory on the journaller's thread; this thread touches the pages ahead of it and stops the
 * intake while there is still room for what is under way.
 */
public final class JournalRoom implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JournalRoom.class);
    /** A journaller at 500 MB/s writes 10 MB in this time: less than lies touched ahead of it. */
    private static final long INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private static final long JOIN_MS = 10_000;

    private final FreeSpace space;
    private final PageTouch touch;
    private final Thread thread;
    private volatile boolean closed;

    private JournalRoom(FreeSpace space, PageTouch touch) {
        this.space = space;
        this.touch = touch;
        thread = new Thread(this::run, "md-journal-room");
        thread.setDaemon(true);
    }

    /**
     * Starts to watch over the room of an open journal.
     *
     * @param intake told on the thread of this
     */
    public static JournalRoom watch(
            Path dir,
            JournalWriter journal,
            JournalConfig config,
            NanoClock clock,
            IntakeSwitch intake,
            Counters counters) {
        FreeSpace space = new FreeSpace(
                config.minFree(), () -> dir.toFile().getUsableSpace(), journal::writtenBytes, clock, intake, counters);
        JournalRoom room = new JournalRoom(space, journal.pageTouch(counters));
        room.thread.start();
        return room;
    }

    /**
     * For the start, before anything is written.
     *
     * @throws JournalException when there is less than {@code journal.min-free}
     */
    public static void require(Path dir, JournalConfig config) {
        Path existing = dir.toAbsolutePath();
        while (!Files.exists(existing)) {
            existing = existing.getParent();
        }
        long free = existing.toFile().getUsableSpace();
        if (free < config.minFree()) {
            throw new JournalException(String.format(
                    Locale.ROOT,
                    "%s has %d MiB of free disk, journal.min-free asks for %d MiB: make room, set data.journal to another"
                            + " disk, or lower journal.min-free",
                    existing,
                    free >> 20,
                    config.minFree() >> 20));
        }
    }

    private void run() {
        while (!closed) {
            try {
                space.check();
                touch.run();
            } catch (InternalError full) { // what touching a page of a full disk ends in
                space.stop("the disk is full");
            } catch (RuntimeException e) {
                LOG.error("the watch over the journal's room failed and goes on: {}", e.toString());
            }
            LockSupport.parkNanos(this, INTERVAL_NS);
        }
    }

    /** Why the intake is stopped, with the figures; empty while it is not. Any thread. */
    public String stopped() {
        return space.stopped();
    }

    /** When the intake will stop if records come as they have since the start. Any thread. */
    public Optional<Duration> untilFull() {
        return space.untilFull();
    }

    /** Ends the thread, before its journal is closed. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(JOIN_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            throw new JournalException(
                    "md-journal-room did not end within " + JOIN_MS + " ms; the disk does not answer");
        }
        touch.close();
    }
}
