package dev.millrace.pipeline;

import dev.millrace.config.PipelineConfig;
import dev.millrace.market.EventSink;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import dev.millrace.market.Source;
import dev.millrace.metrics.ErrorLog;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Writes a clock record when nothing else entered for a while, or none was written for as long as two snapshots may lie
 * apart: they are taken at clock records. Renews the local clock's anchor, which is a record of
 * its own: {@code anchor <step in ns>}. A full ring makes it skip a tick: then time is told by what fills it.
 */
final class ClockTicker implements AutoCloseable {

    private static final byte[] TICK = {};
    private static final long JOIN_MS = 1_000;
    private static final long SOURCE = Source.of(Source.ENGINE, 0, 0);

    private final Thread thread;
    private final LocalClock clock;
    private final EventSink sink;
    private final LongSupplier cursor;
    private final ErrorLog errors;
    private final long anchorNs;
    private final long intervalNs;
    private volatile boolean closed;
    private long cursorSeen = Long.MIN_VALUE;
    private long anchoredNs;
    private long atLeastEveryNs;
    private long writtenNs;

    /** @param cursor changes whenever something entered */
    ClockTicker(PipelineConfig config, LocalClock clock, EventSink sink, LongSupplier cursor, ErrorLog errors) {
        this.clock = clock;
        this.sink = sink;
        this.cursor = cursor;
        this.errors = errors;
        intervalNs = config.clockInterval().toNanos();
        anchorNs = config.anchorInterval().toNanos();
        thread = new Thread(this::run, "md-clock");
        thread.setDaemon(true);
    }

    /** @param atLeastEvery the longest time without a clock record, however much else enters */
    void start(Duration atLeastEvery) {
        atLeastEveryNs = atLeastEvery.toNanos();
        anchoredNs = clock.nowNs();
        writtenNs = anchoredNs;
        thread.start();
    }

    private void run() {
        while (!closed) {
            LockSupport.parkNanos(this, intervalNs);
            try {
                tick();
            } catch (RuntimeException e) {
                errors.record("clock", e);
            }
        }
    }

    void tick() {
        if (Math.abs(clock.nowNs() - anchoredNs) >= anchorNs) {
            long stepNs = clock.anchor();
            anchoredNs = clock.nowNs();
            write(("anchor " + stepNs).getBytes(StandardCharsets.US_ASCII));
        } else if (cursor.getAsLong() == cursorSeen || Math.abs(clock.nowNs() - writtenNs) >= atLeastEveryNs) {
            write(TICK);
        }
        cursorSeen = cursor.getAsLong();
    }

    private void write(byte[] payload) {
        MarketEvent event = sink.tryClaim(payload.length);
        if (event != null) {
            System.arraycopy(payload, 0, event.bytes(), 0, payload.length);
            writtenNs = clock.nowNs();
            event.set(RecordKind.CLOCK, SOURCE, writtenNs, payload.length);
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
