package dev.millrace.journal;

import dev.millrace.market.EventSink;
import dev.millrace.market.RecordKind;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Checks every record of a journal: length, CRC, sequence without holes, kind, and that nothing lies behind the end. */
public final class JournalVerify {

    private static final int PROGRESS_EVERY = 4_096;

    private final RecordCursor cursor;
    private final byte[] payload = new byte[EventSink.MAX_PAYLOAD];
    private long records;
    private long bytes;
    private long damaged;
    private long unknownKinds;
    private long lastSequence;
    private JournalDamagedException firstDamage;

    private JournalVerify(RecordCursor cursor) {
        this.cursor = cursor;
    }

    /**
     * What was found.
     *
     * @param records read, sound or not
     * @param bytes of sound records, headers included
     * @param lastSequence of the last record read, 0 when there is none
     * @param unknownKinds sound records of a kind this version does not know: not damage
     * @param damaged records that are not as they were written
     * @param firstDamage the first of them: file, sequence and what is wrong
     */
    public record Result(
            long records,
            long bytes,
            long lastSequence,
            long unknownKinds,
            long damaged,
            Optional<JournalDamagedException> firstDamage) {

        public boolean sound() {
            return damaged == 0;
        }
    }

    /**
     * Reads the whole journal.
     *
     * @param progress told the records done; the total is {@link JournalReader#lastSequence()} less the first
     * @throws JournalException when there is no journal
     * @throws NewerFormatException when a later Millrace wrote it
     */
    public static Result run(Path dir, LongConsumer progress) {
        try (RecordCursor cursor = RecordCursor.open(dir)) {
            return new JournalVerify(cursor).run(progress);
        }
    }

    private Result run(LongConsumer progress) {
        boolean more = true;
        while (more) {
            try {
                walk(progress);
                more = false;
            } catch (JournalDamagedException e) { // the places behind it are lost, but perhaps not the records
                note(e);
                more = cursor.scanBehind(lastSequence) || RecordSeek.behind(cursor);
            }
        }
        progress.accept(records);
        return new Result(records, bytes, lastSequence, unknownKinds, damaged, Optional.ofNullable(firstDamage));
    }

    private void walk(LongConsumer progress) {
        while (cursor.next()) {
            check();
            if (records % PROGRESS_EVERY == 0) {
                progress.accept(records);
            }
        }
        cursor.requireEnd(lastSequence);
    }

    private void check() {
        cursor.readPayload(payload);
        records += cursor.isHole() ? 0 : 1;
        if (cursor.damage() != null) {
            note(cursor.damaged());
        } else {
            bytes += RecordLayout.HEADER_BYTES + cursor.length();
            unknownKinds += RecordKind.ofCode(cursor.kindCode()) == null ? 1 : 0;
        }
        lastSequence = cursor.sequence();
    }

    private void note(JournalDamagedException damage) {
        damaged++;
        if (firstDamage == null) {
            firstDamage = damage;
        }
    }
}
