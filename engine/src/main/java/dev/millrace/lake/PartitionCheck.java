package dev.millrace.lake;

import dev.millrace.tables.Row;
import dev.millrace.tables.RowDigest;
import dev.millrace.tables.Schema;
import java.nio.file.Path;

/** Reads a whole partition and compares it with its place and its footer. */
final class PartitionCheck {

    private PartitionCheck() {}

    /** @throws LakeDamagedException naming the file and the first fact that differs */
    static PartitionFacts run(Path file, Partition partition, Schema schema) {
        try (PartitionReader reader = PartitionReader.open(file, schema)) {
            PartitionFacts facts = reader.facts();
            requireEqual(file, "symbol", partition.symbol(), facts.symbol());
            requireEqual(file, "date", partition.date(), facts.date());
            RowDigest digest = new RowDigest(schema, partition.symbol(), partition.date());
            Row last = new Row(schema);
            for (long i = 0; reader.next(); i++) {
                check(file, partition, i == 0 ? null : last, reader.row());
                digest.add(reader.row());
                last.set(reader.row());
            }
            requireEqual(file, "row digest", facts.digest(), digest.hex());
            return facts;
        }
    }

    private static void check(Path file, Partition partition, Row last, Row row) {
        try {
            PartitionWriter.requirePlace(partition, row);
        } catch (IllegalArgumentException e) {
            throw new LakeDamagedException(file + ": " + e.getMessage(), e);
        }
        if (last != null && row.schema().compareKeys(last, row) >= 0) {
            throw new LakeDamagedException(file + ": its rows do not ascend; " + row + " follows " + last);
        }
    }

    private static void requireEqual(Path file, String fact, Object expected, Object actual) {
        if (!expected.equals(actual)) {
            throw new LakeDamagedException(file + ": its " + fact + " is " + actual + " instead of " + expected);
        }
    }
}
