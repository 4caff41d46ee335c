package dev.millrace.lake;

import dev.millrace.tables.Column;
import dev.millrace.tables.Row;
import dev.millrace.tables.Schema;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** Rows of any dataset from a seed: sorted, without repeats, with nulls where they may be and values at the edges. */
final class RandomRows {

    private static final String[] LABELS = {"1m", "15m", "buy", "größe", "", "長い", "a'b\"c,d"};
    private static final double[] EDGES = {0.0, -0.0, Double.MIN_VALUE, Double.MAX_VALUE, 0.1, 105_055.12345678, -1e-8};
    private static final long DAY_MICROS = TimeUnit.DAYS.toMicros(1);

    private final Random random;
    private final Schema schema;
    private final Partition partition;

    RandomRows(long seed, Schema schema, Partition partition) {
        random = new Random(seed);
        this.schema = schema;
        this.partition = partition;
    }

    /** At most so many: of two with one key the first stays. */
    List<Row> rows(int most) {
        TreeSet<Row> rows = new TreeSet<>(schema::compareKeys);
        for (int i = 0; i < most; i++) {
            rows.add(row());
        }
        return new ArrayList<>(rows);
    }

    private Row row() {
        Row row = new Row(schema);
        List<Column> columns = schema.columns();
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).required() || random.nextInt(4) != 0) {
                set(row, i, columns.get(i));
            }
        }
        row.setText(Schema.SYMBOL, partition.symbol());
        row.setLong(Schema.DATE, partition.date().toEpochDay());
        row.setLong(
                schema.time(),
                partition.date().toEpochDay() * DAY_MICROS + random.nextLong(0, DAY_MICROS / 1000) * 1000);
        return row;
    }

    private void set(Row row, int i, Column column) {
        switch (column.type()) {
            case DOUBLE ->
                row.setDouble(
                        i,
                        random.nextInt(8) == 0 ? EDGES[random.nextInt(EDGES.length)] : random.nextInt(1 << 24) / 100.0);
            case LONG -> row.setLong(i, random.nextInt(8) == 0 ? random.nextLong() : random.nextInt(1000));
            case TIME -> row.setLong(i, random.nextLong(-DAY_MICROS, 100_000 * DAY_MICROS));
            case DATE -> row.setLong(i, LocalDate.EPOCH.toEpochDay());
            case FLAG -> row.setFlag(i, random.nextBoolean());
            case TEXT -> row.setText(i, LABELS[random.nextInt(LABELS.length)]);
        }
    }
}
