package dev.millrace.store;

import java.util.List;

/**
 * A row of a bar as it is given to who asks, with what decides whether it is.
 *
 * @param startMicros of its bucket, since 1970
 * @param sequence of the journal's record that made it
 * @param values in the order of {@link Bars#COLUMNS}
 */
record StoredBar(long startMicros, String source, boolean complete, long revision, long sequence, List<Object> values) {

    /** Of one bucket the view {@code bars} gives the row with the least. */
    int rank() {
        return switch (source) {
            case BarRows.OWN -> complete ? 0 : 3;
            case "archive" -> 1;
            case BarRows.EXCHANGE -> 2;
            default -> 3;
        };
    }

    /** Whether it takes the place of another of its bucket and source. */
    boolean replaces(StoredBar held) {
        return revision > held.revision || (revision == held.revision && sequence > held.sequence);
    }
}
