package dev.millrace.tables;

/** Schemas that a dataset might have had, or might get. */
public final class SchemaVersions {

    private SchemaVersions() {}

    /** The schema with one column more, of the next version. */
    public static Schema with(Schema schema, String column, ColumnType type) {
        return copy(schema, "").since(schema.version() + 1, column, type).key(key(schema));
    }

    /** The schema without a column that is not part of the key, of the same version. */
    public static Schema without(Schema schema, String column) {
        return copy(schema, column).key(key(schema));
    }

    private static Schema.Builder copy(Schema schema, String leftOut) {
        Schema.Builder copy = Schema.of(schema.name());
        for (Column column :
                schema.columns().subList(Schema.DATE + 1, schema.columns().size())) {
            if (!column.name().equals(leftOut) && column.required()) {
                copy.required(column.name(), column.type());
            } else if (!column.name().equals(leftOut)) {
                copy.since(column.since(), column.name(), column.type());
            }
        }
        return copy.time(schema.columns().get(schema.time()).name());
    }

    private static String[] key(Schema schema) {
        return schema.key().stream().map(Column::name).toArray(String[]::new);
    }
}
