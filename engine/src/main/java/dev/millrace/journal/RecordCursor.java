package dev.millrace.journal;

import static dev.millrace.journal.RecordLayout.HEADER_BYTES;

import dev.millrace.market.EventSink;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.core.io.Closeable;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;

/**
 * Walks the records of a journal, header first, and checks them; what damage means is for the caller to decide. One
 * thread; the current record stays readable until the next call of {@link #next}.
 */
final class RecordCursor implements AutoCloseable {

    private static final int NONE = -1;

    private final CycleTailer tailer;
    private final RecordCheck check = new RecordCheck(this::file);
    private DocumentContext document;
    private long index;
    private long payloadStart;
    private JournalDamagedException stuck;
    /** Reads on behind damage, where Chronicle cannot; null while Chronicle can. */
    private CycleScan scan;

    private int scanCycle;
    /** The cycle of the last record whose payload was read; negative when the one before was passed over. */
    private int lastCycle = NONE;

    private RecordCursor(CycleTailer tailer) {
        this.tailer = tailer;
    }

    /** Opens the folder for reading, positioned before the first record; closing the cursor closes all of it. */
    static RecordCursor open(Path dir) {
        return new RecordCursor(CycleTailer.open(dir));
    }

    /** A cursor over a queue that stays open; callers on several threads must take turns. */
    static RecordCursor over(SingleChronicleQueue queue) {
        return new RecordCursor(CycleTailer.over(queue));
    }

    /**
     * Goes to the next record and reads its header.
     *
     * @return false when there is none now; a live journal may have one later
     * @throws JournalDamagedException when the place of the next record cannot be made out
     */
    boolean next() {
        if (check.isHole()) {
            return repeat();
        }
        closeDocument();
        if (stuck != null) {
            throw stuck;
        }
        check.next();
        if (scan != null) {
            return nextScanned();
        }
        try {
            document = tailer.readingDocument();
            if (!document.isPresent()) {
                closeDocument();
                return false;
            }
            index = document.index();
            readHeader(document.wire().bytes());
            int before = lastCycle;
            lastCycle = NONE;
            return !isBehindAHoleInAFile(before) || nextScanned();
        } catch (UnseenCycleException e) {
            return scan(e.cycle(), Math.max(0, check.expected() - 1), check.expected()) ? nextScanned() : next();
        } catch (JournalDamagedException e) {
            stuck = e;
            throw e;
        } catch (JournalException e) { // the scratch folder, not the journal
            throw e;
        } catch (RuntimeException | InternalError e) { // InternalError: a fault in memory beyond the file's end
            throw stuck("no readable record follows: " + e, e);
        }
    }

    /**
     * Chronicle takes zeros for a file's end. Where records are missing between two files, the first is searched for them.
     */
    private boolean isBehindAHoleInAFile(int cycle) {
        boolean between = cycle != NONE && cycle != tailer.cycle();
        return check.isAhead() && between && scan(cycle, check.expected() - 1, check.expected());
    }

    private boolean repeat() {
        check.again();
        if (scan == null) {
            document.wire().bytes().readPosition(payloadStart);
        }
        return true;
    }

    /** Where the scanned file ends Chronicle goes on with the next one. */
    private boolean nextScanned() {
        try {
            if (scan.next()) {
                System.arraycopy(scan.header().bytes(), 0, check.header().bytes(), 0, HEADER_BYTES);
                return true;
            }
        } catch (IOException e) {
            throw stuck("cannot be read: " + e.getMessage(), e);
        }
        long expected = check.expected();
        for (long start : fileStarts().toArray()) {
            if (tailer.moveTo(start)) {
                reset();
                check.expect(expected);
                return next();
            }
        }
        return false;
    }

    /**
     * After damage that hides what follows: goes to the first sound record behind it in the same file, found by its bytes.
     *
     * @param lastRead sequence of the last record read
     * @return false when there is none
     */
    boolean scanBehind(long lastRead) {
        return scan == null && tailer.cycle() >= 0 && scan(tailer.cycle(), lastRead, 0);
    }

    /** @param expected sequence of the next record, 0 where what is missing has been told */
    private boolean scan(int cycle, long lastRead, long expected) {
        Path file = tailer.pathOf(cycle);
        if (file == null) {
            return false;
        }
        CycleScan behind = null;
        try {
            behind = CycleScan.open(file);
            if (!behind.toBehind(lastRead)) {
                return false;
            }
            reset();
            check.expect(expected);
            scan = behind;
            scanCycle = cycle;
            behind = null;
            return true;
        } catch (IOException e) {
            throw new JournalException("cannot read " + file + ": " + e.getMessage(), e);
        } finally {
            Closeable.closeQuietly(behind);
        }
    }

    private void readHeader(Bytes<?> bytes) {
        long present = bytes.readRemaining();
        if (present > HEADER_BYTES + EventSink.MAX_PAYLOAD) { // following it would leave the file
            throw stuck("Chronicle's length of " + present + " bytes is more than any record has", null);
        }
        if (present < HEADER_BYTES) {
            check.onTooShort(present);
            return;
        }
        bytes.read(check.header().bytes());
        payloadStart = bytes.readPosition();
        check.onHeader(present - HEADER_BYTES);
    }

    private JournalDamagedException stuck(String what, Throwable cause) {
        stuck = new JournalDamagedException(file(), check.expected(), what, cause);
        return stuck;
    }

    /**
     * Reads the payload and checks the record; the outcome is {@link #damage()}.
     *
     * @param into at least {@link #length()} bytes
     */
    void readPayload(byte[] into) {
        if (check.damage() == null) {
            int length = check.length();
            if (scan == null) {
                document.wire().bytes().read(into, 0, length);
            } else {
                System.arraycopy(scan.payload(), 0, into, 0, length);
            }
            check.onPayload(into);
        }
        lastCycle = scan == null ? tailer.cycle() : scanCycle;
        check.passed();
    }

    /** What is wrong with the current record; null when nothing is known to be. */
    String damage() {
        return check.damage();
    }

    /** Whether the damage is that records are missing before the current one; {@link #next} then gives it again, sound. */
    boolean isHole() {
        return check.isHole();
    }

    /** The current damage as an exception. */
    JournalDamagedException damaged() {
        return check.damaged();
    }

    /** By the record itself, or by its place when it is damaged. Valid after {@link #readPayload} and before the next. */
    long sequence() {
        return check.sequence();
    }

    byte kindCode() {
        return check.header().kind();
    }

    long source() {
        return check.header().source();
    }

    long receiveNs() {
        return check.header().receiveNs();
    }

    /** Payload bytes; 0 when the header is not to be trusted. */
    int length() {
        return check.length();
    }

    /** Chronicle's index of the current record. */
    long index() {
        return index;
    }

    /** Name of the cycle file of the current record. */
    String file() {
        return scan == null ? tailer.file() : tailer.nameOf(scanCycle);
    }

    /** Chronicle's indices of the first records of the files behind the current one. */
    LongStream fileStarts() {
        int present = scan == null ? JournalFolder.ROLL.toCycle(index) : scanCycle;
        return tailer.cyclesAfter(present).mapToLong(cycle -> JournalFolder.ROLL.toIndex(cycle, 0));
    }

    /** Makes the record at this Chronicle index the next one; false when there is none. */
    boolean moveTo(long newIndex) {
        reset();
        return tailer.moveTo(newIndex);
    }

    void toStart() {
        reset();
        tailer.toStart();
    }

    private void reset() {
        closeDocument();
        Closeable.closeQuietly(scan);
        scan = null;
        lastCycle = NONE;
        check.expect(0);
        stuck = null;
    }

    /** The first record's sequence, 0 when there is none. Does not move this cursor. */
    long firstSequence() {
        OptionalLong archived = tailer.firstArchivedSequence();
        if (archived.isPresent()) {
            return archived.getAsLong();
        }
        try (RecordCursor other = new RecordCursor(tailer.another())) {
            return other.next() ? other.sequence() : 0;
        }
    }

    /** The last record's sequence now, found from the end; 0 when there is none. Does not move this cursor. */
    long lastSequence() {
        try (RecordCursor other = new RecordCursor(tailer.another())) {
            return other.last() ? other.sequence() : 0;
        }
    }

    /** Goes to the last record; false when there is none. Nothing may follow but {@link #moveTo}. */
    boolean last() {
        tailer.toEnd();
        return next();
    }

    /**
     * To be asked where {@link #next} found nothing: damage can look like the end.
     *
     * @param lastRead sequence of the last record read
     * @throws JournalDamagedException when there are records behind it
     */
    void requireEnd(long lastRead) {
        if (scan != null) {
            return; // the file was searched to its end
        }
        long last = lastSequence();
        if (last <= lastRead) {
            return;
        }
        if (!next()) {
            throw new JournalDamagedException(
                    file(), lastRead + 1, "reading ends before it, but the last record is " + last, null);
        }
        closeDocument();
        tailer.moveTo(index); // the writer went on meanwhile
    }

    private void closeDocument() {
        if (document != null) {
            document.close();
            document = null;
        }
    }

    @Override
    public void close() {
        closeDocument();
        Closeable.closeQuietly(scan);
        tailer.close();
    }
}
