package dev.millrace.quality;

import dev.millrace.tables.Dataset;
import dev.millrace.tables.Row;
import dev.millrace.tables.RowDigest;
import java.time.LocalDate;

/**
 * What own bars of a (symbol, timeframe, day) were made of.
 *
 * @param from first record of the journal that made one
 * @param to the last
 * @param digest {@link RowDigest} of these rows alone
 */
record Provenance(long rows, long from, long to, String digest) {

    /** Adds up rows in the order of their keys. */
    static final class Builder {

        private static final int SEQUENCE = Dataset.OHLCV.schema().column("journal_seq");

        private final RowDigest digest;
        private long rows;
        private long from = Long.MAX_VALUE;
        private long to;

        Builder(String symbol, LocalDate date) {
            digest = new RowDigest(Dataset.OHLCV.schema(), symbol, date);
        }

        void add(Row row) {
            digest.add(row);
            rows++;
            if (!row.isNull(SEQUENCE)) {
                from = Math.min(from, row.longAt(SEQUENCE));
                to = Math.max(to, row.longAt(SEQUENCE));
            }
        }

        Provenance build() {
            return new Provenance(rows, Math.min(from, to), to, digest.hex());
        }
    }
}
