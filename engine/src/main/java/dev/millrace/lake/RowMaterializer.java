package dev.millrace.lake;

import dev.millrace.tables.Column;
import dev.millrace.tables.ColumnType;
import dev.millrace.tables.Row;
import dev.millrace.tables.Schema;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;

/** Takes Parquet's values into one reused row; columns that the file lacks stay null. */
final class RowMaterializer extends RecordMaterializer<Row> {

    private final Row row;
    private final Converter[] cells;
    private final GroupConverter root = new GroupConverter() {
        @Override
        public Converter getConverter(int field) {
            return cells[field];
        }

        @Override
        public void start() {
            row.clear();
        }

        @Override
        public void end() {
            // the row is whole
        }
    };

    RowMaterializer(Schema schema, MessageType file) {
        row = new Row(schema);
        cells = new Converter[file.getFieldCount()];
        for (int i = 0; i < cells.length; i++) {
            int column = schema.column(file.getFieldName(i));
            Column target = schema.columns().get(column);
            cells[i] = target.type() == ColumnType.TEXT ? new TextCell(row, column) : new NumberCell(row, column);
        }
    }

    @Override
    public Row getCurrentRecord() {
        return row;
    }

    @Override
    public GroupConverter getRootConverter() {
        return root;
    }

    private static final class NumberCell extends PrimitiveConverter {

        private final Row row;
        private final int column;

        NumberCell(Row row, int column) {
            this.row = row;
            this.column = column;
        }

        @Override
        public void addDouble(double value) {
            row.setDouble(column, value);
        }

        @Override
        public void addLong(long value) {
            row.setLong(column, value);
        }

        @Override
        public void addInt(int value) {
            row.setLong(column, value);
        }

        @Override
        public void addBoolean(boolean value) {
            row.setFlag(column, value);
        }
    }

    /** Each text of a dictionary becomes a string once, not once a row. */
    private static final class TextCell extends PrimitiveConverter {

        private final Row row;
        private final int column;
        private String[] texts = {};

        TextCell(Row row, int column) {
            this.row = row;
            this.column = column;
        }

        @Override
        public boolean hasDictionarySupport() {
            return true;
        }

        @Override
        public void setDictionary(Dictionary dictionary) {
            texts = new String[dictionary.getMaxId() + 1];
            for (int i = 0; i < texts.length; i++) {
                texts[i] = dictionary.decodeToBinary(i).toStringUsingUTF8();
            }
        }

        @Override
        public void addValueFromDictionary(int id) {
            row.setText(column, texts[id]);
        }

        @Override
        public void addBinary(Binary value) {
            row.setText(column, value.toStringUsingUTF8());
        }
    }
}
