package dev.millrace.journal;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.TailerDirection;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;
import net.openhft.chronicle.wire.NoDocumentContext;

/**
 * Reads the cycles of a folder in order, raw or compressed, while the housekeeping of another thread or process turns one
 * into the other. Chronicle reads the raw ones and sees no others; a compressed one is restored into a scratch folder, one
 * at a time, and read there under the same indices. The order of the files is taken from the folder, never from
 * Chronicle's {@code metadata.cq4t}, which may still name files that are gone.
 */
final class CycleTailer implements AutoCloseable {

    private static final RollCycles ROLL = JournalFolder.ROLL;
    private static final int BEFORE_ALL = -1;
    /** Each time a file is gone that was just there, the housekeeping has finished with it: it never takes two turns. */
    private static final int ATTEMPTS = 5;
    /** Chronicle looks at a folder at most once a millisecond. */
    private static final long LISTING_PAUSE_NS = 2_000_000;

    private final Path dir;
    private final SingleChronicleQueue live;
    private final boolean ownsLive;
    private final ExcerptTailer liveTailer;
    private final RestoredCycle restored;
    private ExcerptTailer tailer;
    private int cycle = BEFORE_ALL;
    private boolean wantsLast;
    /** Whether a record of the cycle was found. */
    private boolean seen;

    private CycleTailer(SingleChronicleQueue live, boolean ownsLive) {
        this.dir = live.file().toPath();
        this.live = live;
        this.ownsLive = ownsLive;
        restored = new RestoredCycle(dir);
        liveTailer = live.createTailer();
        liveTailer.singleThreadedCheckDisabled(true);
        tailer = liveTailer;
    }

    static CycleTailer open(Path dir) {
        return new CycleTailer(JournalFolder.openToRead(dir), true);
    }

    static CycleTailer over(SingleChronicleQueue queue) {
        return new CycleTailer(queue, false);
    }

    /** A second one, before the first record; to be closed before this one. */
    CycleTailer another() {
        return new CycleTailer(live, false);
    }

    /** The next document, or one that is not present; the last one after {@link #toEnd}. */
    DocumentContext readingDocument() {
        if (wantsLast) {
            return lastDocument();
        }
        DocumentContext document = cycle == BEFORE_ALL ? NoDocumentContext.INSTANCE : tailer.readingDocument();
        for (Integer next = nextCycle(document); next != null; next = nextCycle(document)) {
            if (cycle != BEFORE_ALL && !document.isPresent()) {
                // The next cycle began after the last record of this one, so what a second look does not find is not
                // there.
                document = tailer.readingDocument();
                if (document.isPresent()) {
                    continue;
                }
            }
            document.close();
            requireNothingUnseen();
            if (!enter(next)) {
                return NoDocumentContext.INSTANCE;
            }
            seen = false;
            document = tailer.readingDocument();
        }
        return document;
    }

    /** The cycle to read instead; null where the document is the right one. */
    private Integer nextCycle(DocumentContext document) {
        boolean present = document.isPresent();
        int reached = present ? ROLL.toCycle(document.index()) : Integer.MAX_VALUE;
        if (reached == cycle) {
            seen = true;
            return null;
        }
        Integer next = CycleFile.list(dir).higherKey(cycle);
        if (next != null && next < reached) {
            return next;
        }
        if (present) {
            follow(document, reached);
        }
        return null;
    }

    /** Chronicle went on to a later cycle by itself, and there is none between. */
    private void follow(DocumentContext document, int reached) {
        try {
            requireNothingUnseen();
        } catch (UnseenCycleException e) {
            document.close();
            throw e;
        }
        cycle = reached;
        seen = true;
    }

    /**
     * Goes before the first record of a cycle.
     *
     * @return false when it is the newest and is still being made; one that was deleted meanwhile, or has no sound start,
     *     is passed over, and the sequence tells what is missing
     */
    private boolean enter(int next) {
        boolean newest = CycleFile.list(dir).higherKey(next) == null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            CycleFile file = CycleFile.of(dir, next);
            if (file.isArchived() && restore(file)) {
                tailer.direction(TailerDirection.FORWARD).moveToCycle(next);
                cycle = next;
                return true;
            }
            if (file.isRaw() && liveTailer.moveToCycle(next)) {
                useLive();
                cycle = next;
                return true;
            }
            if (file.isRaw() && attempt > 0) {
                LockSupport.parkNanos(LISTING_PAUSE_NS);
                live.refreshDirectoryListing();
            }
        }
        if (newest && CycleFile.of(dir, next).exists()) {
            return false;
        }
        cycle = next;
        return true;
    }

    /** Before a cycle is left of which nothing was read: it holds no record, or Chronicle did not find it. */
    private void requireNothingUnseen() {
        if (seen || cycle == BEFORE_ALL) {
            return;
        }
        seen = true;
        int left = cycle;
        Path file = pathOf(left);
        try (CycleScan scan = file == null ? null : CycleScan.open(file)) {
            if (scan != null && scan.next()) {
                throw new UnseenCycleException(left);
            }
        } catch (NoSuchFileException ignored) { // deleted meanwhile: the sequence tells what is missing
            return;
        } catch (IOException e) {
            throw new JournalException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** Makes the record at this index the next one; false when there is none. */
    boolean moveTo(long index) {
        wantsLast = false;
        int wanted = ROLL.toCycle(index);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            CycleFile file = CycleFile.of(dir, wanted);
            if (!file.exists()) {
                return false;
            }
            if (file.isRaw() || restore(file)) {
                if (file.isRaw()) {
                    useLive();
                }
                cycle = wanted;
                if (tailer.direction(TailerDirection.FORWARD).moveToIndex(index)) {
                    seen = true;
                    return true;
                }
            }
        }
        return false;
    }

    void toStart() {
        wantsLast = false;
        cycle = BEFORE_ALL;
        useLive();
        liveTailer.direction(TailerDirection.FORWARD);
    }

    /** Makes the last record the next one; only {@link #moveTo} and {@link #toStart} may follow it. */
    void toEnd() {
        wantsLast = true;
    }

    private DocumentContext lastDocument() {
        useLive();
        liveTailer.direction(TailerDirection.BACKWARD).toEnd();
        DocumentContext document = liveTailer.readingDocument();
        int newest = document.isPresent() ? ROLL.toCycle(document.index()) : BEFORE_ALL;
        NavigableMap<Integer, CycleFile> behind =
                CycleFile.list(dir).tailMap(newest, false).descendingMap();
        for (CycleFile file : behind.values()) {
            if (file.isArchived() && restore(file)) {
                document.close();
                document = tailer.direction(TailerDirection.BACKWARD).toEnd().readingDocument();
                if (document.isPresent()) {
                    return document;
                }
                useLive();
            }
        }
        return document;
    }

    private void useLive() {
        tailer = liveTailer;
    }

    /** Goes to read the restored cycle; false when the compressed file is gone. */
    private boolean restore(CycleFile file) {
        useLive();
        boolean there = restored.restore(file);
        if (there) {
            tailer = restored.tailer();
        }
        return there;
    }

    /** Name of the current file, compressed or not. */
    String file() {
        if (tailer != liveTailer) {
            return CycleFile.of(dir, restored.cycle())
                    .compressed()
                    .getFileName()
                    .toString();
        }
        return tailer.currentFile() == null ? "(no file)" : tailer.currentFile().getName();
    }

    /** Where a cycle's records lie, restored if it is compressed; null when it is gone. Loses the present place. */
    Path pathOf(int some) {
        CycleFile file = CycleFile.of(dir, some);
        if (file.isRaw()) {
            return file.raw();
        }
        boolean there = file.isArchived() && restore(file);
        return there ? restored.path(file) : null;
    }

    /** The cycle being read; negative before the first. */
    int cycle() {
        return cycle;
    }

    /** Name of a cycle's file, compressed or not. */
    String nameOf(int some) {
        CycleFile file = CycleFile.of(dir, some);
        return (file.isArchived() ? file.compressed() : file.raw())
                .getFileName()
                .toString();
    }

    IntStream cyclesAfter(int some) {
        return CycleFile.list(dir).tailMap(some, false).keySet().stream().mapToInt(Integer::intValue);
    }

    /** Sequence of the first record where the first file is compressed and holds any. */
    OptionalLong firstArchivedSequence() {
        var first = CycleFile.list(dir).firstEntry();
        if (first == null || !first.getValue().isArchived()) {
            return OptionalLong.empty();
        }
        try {
            CycleArchive.Header header = CycleArchive.header(first.getValue().compressed());
            boolean any = header.firstSequence() <= header.lastSequence();
            return any ? OptionalLong.of(header.firstSequence()) : OptionalLong.empty();
        } catch (JournalDamagedException | NoSuchFileException ignored) { // reading it tells
            return OptionalLong.empty();
        } catch (IOException e) {
            throw new JournalException("cannot read " + first.getValue().compressed() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        restored.close();
        liveTailer.close();
        if (ownsLive) {
            live.close();
        }
    }
}
