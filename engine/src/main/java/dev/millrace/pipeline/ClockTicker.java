package dev.millrace.pipeline;

import dev.millrace.config.PipelineConfig;
import dev.millrace.market.EventSink;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import dev.millrace.market.Source;
import dev.millrace.metrics.Counter;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.ErrorLog;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;

/**
 * Writes a clock record when nothing else entered for a while, or none was written for as long as two snapshots may lie
 * apart: they are taken at clock records. Renews the local clock's anchor, which is a record of its own: {@code anchor
 * <step in ns>}. A full ring makes it skip a tick: then time is told by what fills it, and the old anchor holds until its
 * successor's record has a place before every event that is stamped with it.
 */
final class ClockTicker implements AutoCloseable {

    /** The longest payload: the word and the least long. */
    private static final int ANCHOR_BYTES = 27;

    private static final long JOIN_MS = 1_000;
    private static final long SOURCE = Source.of(Source.ENGINE, 0, 0);

    private final Thread thread;
    private final LocalClock clock;
    private final EventSink sink;
    private final LongSupplier cursor;
    private final ErrorLog errors;
    private final Counter skipped;
    private final long anchorEveryNs;
    private final long intervalNs;
    private Runnable eachTurn = () -> {};
    private volatile boolean closed;
    private long cursorSeen = Long.MIN_VALUE;
    private long anchoredNs;
    private long atLeastEveryNs = Long.MAX_VALUE;
    private long writtenNs;

    /** @param cursor changes whenever something entered */
    ClockTicker(
            PipelineConfig config,
            LocalClock clock,
            EventSink sink,
            LongSupplier cursor,
            ErrorLog errors,
            Counters counters) {
        this.clock = clock;
        this.sink = sink;
        this.cursor = cursor;
        this.errors = errors;
        skipped = counters.counter("clock.skipped", "Clock records that a full ring left out");
        intervalNs = config.clockInterval().toNanos();
        anchorEveryNs = config.anchorInterval().toNanos();
        anchoredNs = clock.nowNs();
        thread = new Thread(this::run, "md-clock");
        thread.setDaemon(true);
    }

    /**
     * @param atLeastEvery the longest time without a clock record, however much else enters
     * @param newEachTurn what else is done on this thread, which waits for nothing
     */
    void start(Duration atLeastEvery, Runnable newEachTurn) {
        eachTurn = newEachTurn;
        atLeastEveryNs = atLeastEvery.toNanos();
        writtenNs = clock.nowNs();
        thread.start();
    }

    private void run() {
        while (!closed) {
            LockSupport.parkNanos(this, intervalNs);
            try {
                if (!closed) {
                    tick();
                    eachTurn.run();
                }
            } catch (RuntimeException e) {
                errors.record("clock", e);
            }
        }
    }

    /** One turn of the thread; a test takes it by hand. */
    void tick() {
        if (Math.abs(clock.nowNs() - anchoredNs) >= anchorEveryNs) {
            write(ANCHOR_BYTES, this::anchor);
        } else if (cursor.getAsLong() == cursorSeen || Math.abs(clock.nowNs() - writtenNs) >= atLeastEveryNs) {
            write(0, bytes -> 0);
        }
        cursorSeen = cursor.getAsLong();
    }

    /** The slot is claimed already: whoever reads the new time from here on enters behind it. */
    private int anchor(byte[] payload) {
        byte[] text = ("anchor " + clock.anchor()).getBytes(StandardCharsets.US_ASCII);
        anchoredNs = clock.nowNs();
        System.arraycopy(text, 0, payload, 0, text.length);
        return text.length;
    }

    private void write(int room, ToIntFunction<byte[]> content) {
        MarketEvent event = sink.tryClaim(room);
        if (event == null) {
            skipped.increment();
            return;
        }
        int length = 0;
        try {
            length = content.applyAsInt(event.bytes());
        } finally {
            // A claimed slot that is never published would stop the ring for ever.
            writtenNs = clock.nowNs();
            event.set(RecordKind.CLOCK, SOURCE, writtenNs, length);
            sink.publish(event);
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(TimeUnit.NANOSECONDS.toMillis(intervalNs) + JOIN_MS);
        } catch (InterruptedException e) {
            // The caller is in a hurry; the thread ends by itself within one interval.
            Thread.currentThread().interrupt();
        }
    }
}
