package dev.millrace.tables;

/** What a column's values are, here, in Parquet and in DuckDB. */
public enum ColumnType {
    /** A finite double. */
    DOUBLE("DOUBLE"),
    /** A long; nanoseconds and the journal's sequences too. */
    LONG("BIGINT"),
    /** Microseconds since 1970, UTC. */
    TIME("TIMESTAMPTZ"),
    /** Days since 1970, UTC. */
    DATE("DATE"),
    FLAG("BOOLEAN"),
    TEXT("VARCHAR");

    private final String sql;

    ColumnType(String sql) {
        this.sql = sql;
    }

    /** The type's name in DuckDB. */
    public String sql() {
        return sql;
    }

    /** Whether a row holds it as a long: {@link Row#setLong}. */
    boolean isLong() {
        return this == LONG || this == TIME || this == DATE;
    }
}
