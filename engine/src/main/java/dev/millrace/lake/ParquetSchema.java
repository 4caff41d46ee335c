package dev.millrace.lake;

import dev.millrace.tables.Column;
import dev.millrace.tables.ColumnType;
import dev.millrace.tables.Schema;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** The columns of a dataset as Parquet writes them. */
final class ParquetSchema {

    private ParquetSchema() {}

    static MessageType of(Schema schema) {
        Types.MessageTypeBuilder message = Types.buildMessage();
        for (Column column : schema.columns()) {
            message.addField(type(column));
        }
        return message.named(schema.name());
    }

    /** Columns as a file has them against the schema: a file may lack what came after its version, and nothing else. */
    static void require(Schema schema, int fileVersion, MessageType file) {
        for (Column column : schema.columns()) {
            if (!file.containsField(column.name())) {
                if (column.since() <= fileVersion) {
                    throw new LakeDamagedException("it has no column " + column.name());
                }
            } else if (!file.getType(column.name()).equals(type(column))) {
                throw new LakeDamagedException(
                        "its column is " + file.getType(column.name()) + " instead of " + type(column));
            }
        }
        for (Type field : file.getFields()) {
            if (schema.columns().stream().noneMatch(column -> column.name().equals(field.getName()))) {
                throw new LakeDamagedException("it has a column " + field.getName() + ", which no version knows");
            }
        }
    }

    private static PrimitiveType type(Column column) {
        Type.Repetition repetition = column.required() ? Type.Repetition.REQUIRED : Type.Repetition.OPTIONAL;
        return Types.primitive(physical(column.type()), repetition)
                .as(logical(column.type()))
                .named(column.name());
    }

    private static PrimitiveTypeName physical(ColumnType type) {
        return switch (type) {
            case DOUBLE -> PrimitiveTypeName.DOUBLE;
            case LONG, TIME -> PrimitiveTypeName.INT64;
            case DATE -> PrimitiveTypeName.INT32;
            case FLAG -> PrimitiveTypeName.BOOLEAN;
            case TEXT -> PrimitiveTypeName.BINARY;
        };
    }

    private static LogicalTypeAnnotation logical(ColumnType type) {
        return switch (type) {
            case DOUBLE, LONG, FLAG -> null;
            case TIME -> LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS);
            case DATE -> LogicalTypeAnnotation.dateType();
            case TEXT -> LogicalTypeAnnotation.stringType();
        };
    }
}
