package dev.millrace.tables;

/**
 * One column of a dataset.
 *
 * @param required whether every row has a value
 * @param since the schema version that brought it; in older files it is null
 */
public record Column(String name, ColumnType type, boolean required, int since) {

    public Column {
        if (required && since > 1) {
            throw new IllegalArgumentException("column " + name + " of version " + since
                    + " is required: the rows of older files would have no value");
        }
    }
}
