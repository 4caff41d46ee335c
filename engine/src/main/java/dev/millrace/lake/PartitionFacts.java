package dev.millrace.lake;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/**
 * What a partition's footer says of it.
 *
 * @param dataset name of the dataset
 * @param symbol wire name
 * @param date UTC day
 * @param schemaVersion of its columns
 * @param sequences the journal's records that its rows were made from
 * @param rows how many
 * @param digest {@link dev.millrace.tables.RowDigest} of its rows
 * @param writer program and version that wrote it
 */
public record PartitionFacts(
        String dataset,
        String symbol,
        LocalDate date,
        int schemaVersion,
        SequenceRange sequences,
        long rows,
        String digest,
        String writer) {

    private static final String DATASET = "millrace.dataset";
    private static final String SYMBOL = "millrace.symbol";
    private static final String DATE = "millrace.date";
    private static final String SCHEMA_VERSION = "millrace.schema-version";
    private static final String SEQUENCE_FROM = "millrace.sequence-from";
    private static final String SEQUENCE_TO = "millrace.sequence-to";
    private static final String ROWS = "millrace.rows";
    private static final String DIGEST = "millrace.digest";
    private static final String WRITER = "millrace.writer";

    /** As the footer's key-values, with the place for the checksum. */
    Map<String, String> toFooter() {
        Map<String, String> footer = new HashMap<>();
        footer.put(DATASET, dataset);
        footer.put(SYMBOL, symbol);
        footer.put(DATE, date.toString());
        footer.put(SCHEMA_VERSION, Integer.toString(schemaVersion));
        footer.put(SEQUENCE_FROM, Long.toString(sequences.from()));
        footer.put(SEQUENCE_TO, Long.toString(sequences.to()));
        footer.put(ROWS, Long.toString(rows));
        footer.put(DIGEST, digest);
        footer.put(WRITER, writer);
        footer.put(FileChecksum.KEY, FileChecksum.BLANK);
        return footer;
    }

    /** @throws IllegalArgumentException when a fact is missing or is not what it should be, naming it */
    static PartitionFacts ofFooter(Map<String, String> footer) {
        return new PartitionFacts(
                text(footer, DATASET),
                text(footer, SYMBOL),
                LocalDate.parse(text(footer, DATE)),
                Integer.parseInt(text(footer, SCHEMA_VERSION)),
                new SequenceRange(
                        Long.parseLong(text(footer, SEQUENCE_FROM)), Long.parseLong(text(footer, SEQUENCE_TO))),
                Long.parseLong(text(footer, ROWS)),
                text(footer, DIGEST),
                text(footer, WRITER));
    }

    private static String text(Map<String, String> footer, String key) {
        String text = footer.get(key);
        if (text == null) {
            throw new IllegalArgumentException("its footer has no " + key);
        }
        return text;
    }
}
