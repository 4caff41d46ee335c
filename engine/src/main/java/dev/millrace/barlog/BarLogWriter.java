package dev.millrace.barlog;

import dev.millrace.metrics.Counter;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.ErrorLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes bars out of the ring into the files of their days and seals the days that are over. A bar that comes for a sealed
 * day breaks the seal until the day has been quiet again. One thread: the recovering one, then {@code md-bar-log}.
 */
final class BarLogWriter implements Agent, MessageHandler {

    private static final Logger LOG = LoggerFactory.getLogger(BarLogWriter.class);
    private static final int BARS_AT_ONCE = 4096;

    private final Path dir;
    private final long revisionWindowMs;
    private final OneToOneRingBuffer ring;
    private final IntFunction<String> names;
    private final ErrorLog errors;
    private final Counter kept;
    private final Counter compared;
    private final Counter differences;
    private final DayRetention retention;
    private final UnsafeBuffer bar = new UnsafeBuffer(ByteBuffer.allocateDirect(BarRecord.BYTES));
    /** The days not sealed, by day; the exchange time from which one may be sealed. */
    private final SortedMap<Long, Long> sealAtMs = new TreeMap<>();

    private final SortedMap<Long, DayFile> open = new TreeMap<>();
    private long resumeAfter;
    private long newestEndMs = Long.MIN_VALUE;
    private volatile long syncRequest;
    private volatile long synced;
    private volatile Throwable failure;

    BarLogWriter(
            Path dir,
            long revisionWindowMs,
            OneToOneRingBuffer ring,
            IntFunction<String> names,
            Counters counters,
            ErrorLog errors) {
        this.dir = dir;
        this.revisionWindowMs = revisionWindowMs;
        this.ring = ring;
        this.names = names;
        this.errors = errors;
        retention = new DayRetention(dir, counters, errors);
        kept = counters.counter("barlog.kept", "Bars and revisions appended to the bar log");
        compared = counters.counter("barlog.compared", "Bars that recovery made again and compared with the bar log");
        differences = counters.counter("barlog.differences", "Bars that recovery made otherwise than live");
    }

    /** The bars of records up to this sequence will not come again. */
    void resumeAfter(long sequence) {
        resumeAfter = sequence;
    }

    void findUnsealed() {
        try {
            Files.createDirectories(dir);
        } catch (IOException e) {
            throw new BarLogException("cannot create the bar log's folder " + dir + ": " + e.getMessage(), e);
        }
        for (long day : DayLayout.days(dir).keySet()) {
            if (!Files.exists(DayLayout.seal(dir, day))) {
                sealAtMs.put(day, sealTime(day));
            }
        }
    }

    /** Every bar that recovery could make has been made. */
    void endRecovery() {
        if (failure != null) {
            return;
        }
        try {
            drain();
            for (long day : daysMadeBehind(resumeAfter)) {
                DayFile file = file(day);
                if (file.hasLogged()) {
                    breakSeal(day);
                    report(file, file.cutUnmade());
                }
            }
            resumeAfter = Long.MAX_VALUE;
            closeAll();
        } catch (IOException | RuntimeException e) {
            onFailure(e);
        }
    }

    private List<Long> daysMadeBehind(long sequence) throws IOException {
        List<Long> days = new ArrayList<>();
        for (Map.Entry<Long, Path> entry : DayLayout.days(dir).entrySet()) {
            if (DayFile.lastSequence(entry.getValue()) > sequence) {
                days.add(entry.getKey());
            }
        }
        return days;
    }

    @Override
    public String roleName() {
        return "md-bar-log";
    }

    @Override
    public int doWork() {
        long request = syncRequest;
        int work = ring.read(this, BARS_AT_ONCE);
        try {
            if (work > 0) {
                for (DayFile file : open.values()) {
                    file.flush();
                }
                sealWhatIsOver();
            }
            if (failure == null && request > synced && ring.consumerPosition() >= request) {
                for (DayFile file : open.values()) {
                    file.force();
                }
                synced = request;
            }
        } catch (IOException | RuntimeException e) {
            onFailure(e);
        }
        retention.run(sealAtMs.keySet());
        return work;
    }

    @Override
    public void onMessage(int type, MutableDirectBuffer buffer, int index, int length) {
        if (failure != null) {
            return; // reported; what is left in the ring is not kept
        }
        bar.putBytes(0, buffer, index, length);
        String symbol = names.apply(BarRecord.symbol(bar));
        long day = DayLayout.dayOf(BarRecord.startMs(bar));
        try {
            put(day, symbol);
        } catch (IOException | RuntimeException e) {
            onFailure(e);
        }
    }

    private void put(long day, String symbol) throws IOException {
        newestEndMs = Math.max(newestEndMs, BarRecord.startMs(bar) + BarRecord.timeframeMs(bar));
        DayFile file = file(day);
        if (file.hasLogged()) {
            compared.increment();
            file.compare(symbol, bar).ifPresent(difference -> report(file, difference));
        } else {
            kept.increment();
            breakSeal(day);
            file.append(symbol, bar);
        }
    }

    private void breakSeal(long day) throws IOException {
        if (sealAtMs.put(day, Math.max(sealTime(day), newestEndMs + revisionWindowMs)) == null) {
            Files.deleteIfExists(DayLayout.seal(dir, day));
        }
    }

    private void report(DayFile file, BarDifference difference) {
        differences.increment();
        if (errors.record("bar log", new BarLogException("recovery differs from live: " + difference))) {
            LOG.error("recovery differs from what live left in {}: {}", file.file(), difference);
        }
    }

    private DayFile file(long day) throws IOException {
        DayFile known = open.get(day);
        if (known != null) {
            return known;
        }
        DayFile opened = DayFile.open(dir, day, resumeAfter);
        open.put(day, opened);
        if (opened.bytesCut() > 0) {
            LOG.warn("{}: {} bytes behind the last whole record were cut", opened.file(), opened.bytesCut());
        }
        return opened;
    }

    private long sealTime(long day) {
        return (day + 1) * DayLayout.DAY_MS + revisionWindowMs;
    }

    private void sealWhatIsOver() throws IOException {
        while (!sealAtMs.isEmpty() && sealAtMs.get(sealAtMs.firstKey()) <= newestEndMs) {
            long day = sealAtMs.firstKey();
            DayFile file = open.remove(day);
            if (file != null) {
                file.close();
            }
            DaySeal.write(dir, day);
            sealAtMs.remove(day);
        }
    }

    private void drain() {
        int read = ring.read(this, BARS_AT_ONCE);
        while (read > 0) {
            read = ring.read(this, BARS_AT_ONCE);
        }
    }

    /** The journal begins with this record now: days that only older ones made may go. Any thread. */
    void journalBeginsAt(long sequence) {
        retention.journalBeginsAt(sequence);
    }

    /** Asks for everything up to this position of the ring to be forced. */
    void requestSync(long position) {
        syncRequest = position;
    }

    long syncedPosition() {
        return synced;
    }

    /** Null while all is well. Any thread. */
    Throwable failure() {
        return failure;
    }

    void onFailure(Throwable thrown) {
        if (failure == null) {
            failure = thrown;
            errors.record("bar log", thrown);
            LOG.error("the bar log stopped; capture goes on: {}", thrown.getMessage(), thrown);
        }
    }

    @Override
    public void onClose() {
        try {
            drain();
            closeAll();
        } catch (IOException | RuntimeException e) {
            onFailure(e);
        }
        retention.run(sealAtMs.keySet());
    }

    private void closeAll() throws IOException {
        for (Map.Entry<Long, DayFile> entry : open.entrySet()) {
            entry.getValue().close();
        }
        open.clear();
    }
}
