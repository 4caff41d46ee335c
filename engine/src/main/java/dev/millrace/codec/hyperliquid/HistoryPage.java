package dev.millrace.codec.hyperliquid;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * A page of the venue's history: what of it keeps the rules, and what was refused.
 *
 * @param rows that keep them, ascending
 * @param front those in front of all that was refused; all of them where nothing was
 * @param back those behind all that was refused; none where nothing was
 * @param refused a line for each row that was: which, why, and of which time
 */
public record HistoryPage<T>(List<T> rows, List<T> front, List<T> back, List<String> refused) {

    /** Reads a row, or says what is wrong with it. */
    interface RowReader<T> {
        T read(MetadataReply element) throws IOException;
    }

    /**
     * Reads the rows that can be read.
     *
     * @param timeKey of the member that orders them
     * @param timeMs the same, of what was read
     */
    static <T> HistoryPage<T> read(
            List<MetadataReply> elements, String timeKey, RowReader<T> reader, ToLongFunction<T> timeMs)
            throws IOException {
        List<Optional<T>> read = new ArrayList<>();
        String[] why = new String[elements.size()];
        for (int i = 0; i < why.length; i++) {
            try {
                read.add(Optional.of(reader.read(elements.get(i))));
            } catch (IOException refused) {
                why[i] = refused.getMessage();
                read.add(Optional.empty());
            }
        }
        refuseDisorder(elements, timeKey, read, timeMs, why);
        List<T> rows = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        int front = 0;
        int back = 0;
        for (int i = 0; i < why.length; i++) {
            if (why[i] == null) {
                rows.add(read.get(i).orElseThrow());
                front += refused.isEmpty() ? 1 : 0;
                back += refused.isEmpty() ? 0 : 1;
            } else {
                refused.add(why[i] + ofTime(elements.get(i), timeKey));
                back = 0;
            }
        }
        return new HistoryPage<>(rows, rows.subList(0, front), rows.subList(rows.size() - back, rows.size()), refused);
    }

    /** Of two rows in the wrong order, or of one time, neither is more right. */
    private static <T> void refuseDisorder(
            List<MetadataReply> elements,
            String timeKey,
            List<Optional<T>> read,
            ToLongFunction<T> timeMs,
            String[] why)
            throws IOException {
        int previous = -1;
        for (int i = 0; i < why.length; i++) {
            if (read.get(i).isPresent()) {
                long ms = timeMs.applyAsLong(read.get(i).get());
                if (previous >= 0 && ms <= timeMs.applyAsLong(read.get(previous).orElseThrow())) {
                    MetadataReply time = elements.get(i).member(timeKey);
                    why[i] = time.expected("behind that of row " + previous).getMessage();
                    why[previous] = why[i];
                }
                previous = i;
            }
        }
    }

    private static String ofTime(MetadataReply element, String timeKey) throws IOException {
        return element.has(timeKey) && element.member(timeKey).value() instanceof Long ms && Fields.isTime(ms)
                ? " (" + Instant.ofEpochMilli(ms) + ")"
                : "";
    }

    /** Whether nothing was refused. */
    public boolean isWhole() {
        return refused.isEmpty();
    }

    /** As many rows as came. */
    public int elements() {
        return rows.size() + refused.size();
    }
}
