package dev.millrace.journal;

import com.dslplatform.json.BoolConverter;
import com.dslplatform.json.DslJson;
import com.dslplatform.json.JsonWriter;
import com.dslplatform.json.NumberConverter;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import dev.millrace.market.Source;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.LongConsumer;

/**
 * Prints records, one JSON object a line: {@code sequence, kind, source, receive_ns, crc_ok, payload}; a gap also has
 * {@code symbol, stream, from_ms, to_ms, cause, evidence, repaired}. The payload is a JSON string; one that is not UTF-8 is
 * the object {@code {"base64":"…"}} instead. A damaged record is printed too, with {@code crc_ok} false, so that it can be
 * looked at; its fields are as read. Without {@code json} a line is
 * {@code <sequence> <receive ns> <source> <kind>[ damaged]}, a tab and the payload as text.
 */
public final class JournalCat {

    private static final int PROGRESS_EVERY = 4_096;
    private static final int INLINE_BYTES = 64 * 1024;

    private final CatFilter filter;
    private final boolean json;
    private final JsonWriter line = new DslJson<>().newWriter();
    private final MarketEvent event = new MarketEvent(INLINE_BYTES);

    private JournalCat(CatFilter filter, boolean json) {
        this.filter = filter;
        this.json = json;
    }

    /**
     * Prints the records that pass the filter.
     *
     * @param out best buffered; flushed, not closed
     * @param progress told the records walked
     * @return records printed
     * @throws JournalDamagedException where the records behind a damaged one cannot be found
     */
    public static long run(Path dir, CatFilter filter, boolean json, OutputStream out, LongConsumer progress)
            throws IOException {
        try (RecordCursor cursor = RecordCursor.open(dir)) {
            if (filter.fromNs() != Long.MIN_VALUE && !RecordSeek.toReceiveTime(cursor, dir, filter.fromNs())) {
                return 0;
            }
            return new JournalCat(filter, json).run(cursor, out, progress);
        }
    }

    private long run(RecordCursor cursor, OutputStream out, LongConsumer progress) throws IOException {
        long printed = 0;
        long done = 0;
        long lastRead = 0;
        while (cursor.next()) {
            read(cursor);
            if (cursor.isHole()) { // nothing is there to print, and the record behind it comes again
                continue;
            }
            lastRead = cursor.sequence();
            boolean sound = cursor.damage() == null;
            if (filter.passes(event, sound)) {
                print(cursor.kindCode(), sound);
                line.toStream(out);
                printed++;
            }
            if (++done % PROGRESS_EVERY == 0) {
                progress.accept(done);
            }
        }
        out.flush();
        progress.accept(done);
        cursor.requireEnd(lastRead);
        return printed;
    }

    private void read(RecordCursor cursor) {
        int length = cursor.length();
        if (length > event.bytes().length) {
            event.borrow(new byte[length]);
        }
        cursor.readPayload(event.bytes());
        event.set(RecordKind.ofCode(cursor.kindCode()), cursor.source(), cursor.receiveNs(), length);
        event.sequence(cursor.sequence());
    }

    private void print(byte kindCode, boolean sound) {
        line.reset();
        if (json) {
            printJson(kindCode, sound);
        } else {
            line.writeAscii(event.sequence() + " " + event.receiveNs() + " " + Source.text(event.source()) + " "
                    + KindLabel.of(kindCode) + (sound ? "\t" : " damaged\t"));
            line.writeAscii(event.bytes(), event.length());
        }
        line.writeByte((byte) '\n');
    }

    private void printJson(byte kindCode, boolean sound) {
        line.writeAscii("{\"sequence\":");
        NumberConverter.serialize(event.sequence(), line);
        line.writeAscii(",\"kind\":");
        line.writeString(KindLabel.of(kindCode));
        line.writeAscii(",\"source\":");
        line.writeString(Source.text(event.source()));
        line.writeAscii(",\"receive_ns\":");
        NumberConverter.serialize(event.receiveNs(), line);
        line.writeAscii(",\"crc_ok\":");
        BoolConverter.serialize(sound, line);
        if (sound && event.kind() == RecordKind.GAP) {
            line.writeByte(JsonWriter.COMMA);
            GapRecord.writeMembers(GapRecord.decode(event.bytes(), event.length()), line);
        }
        line.writeAscii(",\"payload\":");
        printPayload();
        line.writeByte(JsonWriter.OBJECT_END);
    }

    private void printPayload() {
        ByteBuffer payload = ByteBuffer.wrap(event.bytes(), 0, event.length());
        try {
            line.writeString(StandardCharsets.UTF_8.newDecoder().decode(payload));
        } catch (CharacterCodingException ignored) { // not text: the class comment says how it is printed
            line.writeAscii("{\"base64\":\"");
            line.writeAscii(Base64.getEncoder().encode(Arrays.copyOf(event.bytes(), event.length())));
            line.writeAscii("\"}");
        }
    }
}
