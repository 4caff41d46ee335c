package dev.millrace.lake;

import dev.millrace.tables.Column;
import dev.millrace.tables.Row;
import dev.millrace.tables.Schema;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;

/** Hands rows to Parquet, value by value. */
final class RowWriteSupport extends WriteSupport<Row> {

    private final Schema schema;
    private final Supplier<Map<String, String>> footer;
    private RecordConsumer consumer;

    /** @param footer asked once all rows are written */
    RowWriteSupport(Schema schema, Supplier<Map<String, String>> footer) {
        this.schema = schema;
        this.footer = footer;
    }

    @Override
    public WriteContext init(ParquetConfiguration configuration) {
        return new WriteContext(ParquetSchema.of(schema), Map.of());
    }

    @Override
    @SuppressWarnings("deprecation") // abstract all the same
    public WriteContext init(Configuration configuration) {
        throw new UnsupportedOperationException("the lake is written without Hadoop's configuration");
    }

    @Override
    public void prepareForWrite(RecordConsumer newConsumer) {
        consumer = newConsumer;
    }

    @Override
    public void write(Row row) {
        consumer.startMessage();
        for (int i = 0; i < schema.columns().size(); i++) {
            if (!row.isNull(i)) {
                Column column = schema.columns().get(i);
                consumer.startField(column.name(), i);
                writeValue(row, i, column);
                consumer.endField(column.name(), i);
            }
        }
        consumer.endMessage();
    }

    private void writeValue(Row row, int i, Column column) {
        switch (column.type()) {
            case DOUBLE -> consumer.addDouble(row.doubleAt(i));
            case LONG, TIME -> consumer.addLong(row.longAt(i));
            case DATE -> consumer.addInteger((int) row.longAt(i));
            case FLAG -> consumer.addBoolean(row.flag(i));
            case TEXT -> consumer.addBinary(Binary.fromString(row.text(i)));
        }
    }

    @Override
    public FinalizedWriteContext finalizeWrite() {
        return new FinalizedWriteContext(footer.get());
    }
}
