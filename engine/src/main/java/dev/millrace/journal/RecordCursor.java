package dev.millrace.journal;

import static dev.millrace.journal.RecordLayout.HEADER_BYTES;

import dev.millrace.market.EventSink;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.wire.DocumentContext;

/**
 * Walks the records of a journal, header first, and checks them; what damage means is for the caller to decide. One
 * thread; the current record stays readable until the next call of {@link #next}.
 */
final class RecordCursor implements AutoCloseable {

    private final CycleTailer tailer;
    private final RecordHeader header = new RecordHeader();
    private DocumentContext document;
    private long expectedSequence;
    private long index;
    private String damage;
    private JournalDamagedException stuck;

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
        closeDocument();
        if (stuck != null) {
            throw stuck;
        }
        damage = null;
        try {
            document = tailer.readingDocument();
            if (!document.isPresent()) {
                closeDocument();
                return false;
            }
            index = document.index();
            readHeader(document.wire().bytes());
            return true;
        } catch (JournalDamagedException e) {
            stuck = e;
            throw e;
        } catch (JournalException e) { // the scratch folder, not the journal
            throw e;
        } catch (RuntimeException | InternalError e) { // InternalError: a fault in memory beyond the file's end
            throw stuck("no readable record follows: " + e, e);
        }
    }

    private void readHeader(Bytes<?> bytes) {
        long present = bytes.readRemaining();
        if (present > HEADER_BYTES + EventSink.MAX_PAYLOAD) { // following it would leave the file
            throw stuck("Chronicle's length of " + present + " bytes is more than any record has", null);
        }
        if (present < HEADER_BYTES) {
            damage = "holds " + present + " bytes, less than a header of " + HEADER_BYTES;
            return;
        }
        bytes.read(header.bytes());
        int length = header.length();
        if (length < 0 || length > EventSink.MAX_PAYLOAD || length != present - HEADER_BYTES) {
            damage = "length says " + length + ", the file holds " + (present - HEADER_BYTES) + " bytes of payload";
        }
    }

    private JournalDamagedException stuck(String what, Throwable cause) {
        stuck = new JournalDamagedException(file(), expectedSequence, what, cause);
        return stuck;
    }

    /**
     * Reads the payload and checks the record; the outcome is {@link #damage()}.
     *
     * @param into at least {@link #length()} bytes
     */
    void readPayload(byte[] into) {
        if (damage == null) {
            document.wire().bytes().read(into, 0, header.length());
            damage = check(into);
        }
        expectedSequence = damage == null || expectedSequence == 0 ? header.sequence() + 1 : expectedSequence + 1;
    }

    private String check(byte[] payload) {
        int actual = header.checksum(payload, header.length());
        if (actual != header.crc()) {
            return "CRC32C is " + Integer.toHexString(actual) + ", the record says "
                    + Integer.toHexString(header.crc());
        }
        if (header.version() > RecordLayout.VERSION) {
            throw new NewerFormatException(file(), header.sequence(), header.version());
        }
        if (expectedSequence != 0 && header.sequence() != expectedSequence) {
            String missing = "sequence " + header.sequence() + " follows " + (expectedSequence - 1);
            expectedSequence = header.sequence();
            return missing;
        }
        return null;
    }

    /** What is wrong with the current record; null when nothing is known to be. */
    String damage() {
        return damage;
    }

    /** The current damage as an exception. */
    JournalDamagedException damaged() {
        return new JournalDamagedException(file(), sequence(), damage, null);
    }

    /** By the record itself, or by its place when it is damaged. Valid after {@link #readPayload} and before the next. */
    long sequence() {
        return damage == null ? header.sequence() : expectedSequence - 1;
    }

    byte kindCode() {
        return header.kind();
    }

    long source() {
        return header.source();
    }

    long receiveNs() {
        return header.receiveNs();
    }

    /** Payload bytes; 0 when the header is not to be trusted. */
    int length() {
        return damage == null ? header.length() : 0;
    }

    /** Chronicle's index of the current record. */
    long index() {
        return index;
    }

    /** Name of the cycle file of the current record. */
    String file() {
        return tailer.file();
    }

    /** Chronicle's indices of the first records of the files behind the current one. */
    LongStream fileStarts() {
        return tailer.cyclesAfter(JournalFolder.ROLL.toCycle(index))
                .mapToLong(cycle -> JournalFolder.ROLL.toIndex(cycle, 0));
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
        expectedSequence = 0;
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
        tailer.close();
    }
}
