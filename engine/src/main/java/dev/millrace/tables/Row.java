package dev.millrace.tables;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/**
 * One row of a dataset: mutable, reused by whoever fills it; values by column number, see {@link Schema#column}. A column that
 * was not set since {@link #clear} is null. For one thread.
 */
public final class Row {

    private final Schema schema;
    private final ColumnType[] types;
    private final long[] bits;
    private final String[] texts;
    /** Bit n: column n has a value. */
    private long present;

    public Row(Schema schema) {
        this.schema = schema;
        types = schema.columns().stream().map(Column::type).toArray(ColumnType[]::new);
        bits = new long[types.length];
        texts = new String[types.length];
    }

    public Schema schema() {
        return schema;
    }

    /** Makes every column null. */
    public void clear() {
        present = 0;
    }

    /** Becomes equal to a row of the same schema. */
    public void set(Row other) {
        System.arraycopy(other.bits, 0, bits, 0, bits.length);
        System.arraycopy(other.texts, 0, texts, 0, texts.length);
        present = other.present;
    }

    public void setDouble(int column, double value) {
        require(column, types[column] == ColumnType.DOUBLE, "a double");
        put(column, Double.doubleToLongBits(value));
    }

    /** Sets a LONG, a TIME (microseconds since 1970) or a DATE (days since 1970). */
    public void setLong(int column, long value) {
        require(column, types[column].isLong(), "a long");
        put(column, value);
    }

    public void setFlag(int column, boolean value) {
        require(column, types[column] == ColumnType.FLAG, "a flag");
        put(column, value ? 1 : 0);
    }

    public void setText(int column, String value) {
        require(column, types[column] == ColumnType.TEXT, "a text");
        if (value == null) {
            throw new IllegalArgumentException(name(column) + " was given null; leave it unset instead");
        }
        texts[column] = value;
        present |= 1L << column;
    }

    public boolean isNull(int column) {
        return (present & 1L << column) == 0;
    }

    /** The value of a DOUBLE that is not null. */
    public double doubleAt(int column) {
        return Double.longBitsToDouble(bits[column]);
    }

    /** The value of a LONG, TIME or DATE that is not null. */
    public long longAt(int column) {
        return bits[column];
    }

    /** The value of a FLAG that is not null. */
    public boolean flag(int column) {
        return bits[column] != 0;
    }

    /** The value of a TEXT that is not null. */
    public String text(int column) {
        return texts[column];
    }

    /** The value as people read it, {@code null} for none. */
    public String show(int column) {
        if (isNull(column)) {
            return "null";
        }
        return switch (types[column]) {
            case DOUBLE -> Double.toString(doubleAt(column));
            case LONG -> Long.toString(bits[column]);
            case TIME -> Instant.EPOCH.plus(bits[column], ChronoUnit.MICROS).toString();
            case DATE -> LocalDate.ofEpochDay(bits[column]).toString();
            case FLAG -> Boolean.toString(flag(column));
            case TEXT -> texts[column];
        };
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(schema.name()).append('(');
        for (int i = 0; i < types.length; i++) {
            text.append(i == 0 ? "" : ", ")
                    .append(schema.columns().get(i).name())
                    .append('=')
                    .append(show(i));
        }
        return text.append(')').toString();
    }

    private void put(int column, long value) {
        bits[column] = value;
        present |= 1L << column;
    }

    private void require(int column, boolean fits, String given) {
        if (!fits) {
            throw new IllegalArgumentException(name(column) + " is " + types[column] + " and was given " + given);
        }
    }

    private String name(int column) {
        return schema.name() + "." + schema.columns().get(column).name();
    }
}
