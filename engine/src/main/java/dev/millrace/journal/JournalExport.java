package dev.millrace.journal;

import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import dev.millrace.market.Source;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/**
 * Writes the payload of each exchange frame, byte for byte, one a line, in order. With {@code meta} each line begins
 * {@code <sequence> <receive ns> <source> <kind>} and a tab. A payload that holds a line feed cannot be told apart from
 * two; it is left out and counted.
 */
public final class JournalExport {

    private static final int PROGRESS_EVERY = 4_096;
    private static final int INLINE_BYTES = 64 * 1024;

    private JournalExport() {}

    /**
     * What was written.
     *
     * @param frames exported
     * @param leftOut frames whose payload holds a line feed
     */
    public record Result(long frames, long leftOut) {}

    /**
     * Exports the whole journal.
     *
     * @param out best buffered; flushed, not closed
     * @param progress told the records done
     * @throws JournalDamagedException at the first damaged record; everything before it was written
     */
    public static Result run(Path dir, OutputStream out, boolean meta, LongConsumer progress) throws IOException {
        long frames = 0;
        long leftOut = 0;
        long done = 0;
        MarketEvent event = new MarketEvent(INLINE_BYTES);
        try (JournalReader reader = JournalReader.open(dir)) {
            while (reader.read(event)) {
                if (event.kind() == RecordKind.FRAME) {
                    boolean written = write(event, out, meta);
                    frames += written ? 1 : 0;
                    leftOut += written ? 0 : 1;
                }
                if (++done % PROGRESS_EVERY == 0) {
                    progress.accept(done);
                }
            }
            reader.requireEnd();
        }
        out.flush();
        progress.accept(done);
        return new Result(frames, leftOut);
    }

    private static boolean write(MarketEvent event, OutputStream out, boolean meta) throws IOException {
        for (int i = 0; i < event.length(); i++) {
            if (event.bytes()[i] == '\n') {
                return false;
            }
        }
        if (meta) {
            String before = event.sequence() + " " + event.receiveNs() + " " + Source.text(event.source()) + " "
                    + event.kind().label() + "\t";
            out.write(before.getBytes(StandardCharsets.US_ASCII));
        }
        out.write(event.bytes(), 0, event.length());
        out.write('\n');
        return true;
    }
}
