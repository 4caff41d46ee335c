package dev.millrace.tables;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;

/**
 * SHA-256 over the rows of one (dataset, symbol, day) in the order of their keys: equal for equal rows, wherever they lie and
 * however they are packed. A column without a value leaves no trace, so the digest of a row outlives new columns.
 *
 * <pre>
 * head   dataset, 0, symbol, 0 (UTF-8), date as days since 1970 (8 bytes)
 * row    for each column with a value but symbol and date: its number (1 byte), then
 *          DOUBLE                  IEEE 754 bits (8)
 *          LONG, TIME, DATE, FLAG  the value, a flag as 0 or 1 (8)
 *          TEXT                    length in bytes (4), UTF-8
 *        255 (1 byte)
 * </pre>
 *
 * Numbers are big-endian. For one thread.
 */
public final class RowDigest {

    private static final byte END_OF_ROW = (byte) 0xff;
    private static final int FIXED_BYTES = 1 + Long.BYTES;

    private final Schema schema;
    private final MessageDigest sha256;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 14);

    public RowDigest(Schema schema, String symbol, LocalDate date) {
        this.schema = schema;
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256, which every Java has to have", e);
        }
        putBytes(schema.name().getBytes(StandardCharsets.UTF_8));
        buffer.put((byte) 0);
        putBytes(symbol.getBytes(StandardCharsets.UTF_8));
        room(FIXED_BYTES);
        buffer.put((byte) 0).putLong(date.toEpochDay());
    }

    /** Adds the next row in the order of the keys. */
    public void add(Row row) {
        for (int i = Schema.DATE + 1; i < schema.columns().size(); i++) {
            if (!row.isNull(i)) {
                addValue(row, i);
            }
        }
        room(1);
        buffer.put(END_OF_ROW);
    }

    /** The digest of all that was added, 64 hexadecimal digits; ends this digest. */
    public String hex() {
        drain();
        return HexFormat.of().formatHex(sha256.digest());
    }

    private void addValue(Row row, int column) {
        room(FIXED_BYTES);
        buffer.put((byte) column);
        switch (schema.columns().get(column).type()) {
            case DOUBLE -> buffer.putLong(Double.doubleToLongBits(row.doubleAt(column)));
            case LONG, TIME, DATE -> buffer.putLong(row.longAt(column));
            case FLAG -> buffer.putLong(row.flag(column) ? 1 : 0);
            case TEXT -> {
                byte[] text = row.text(column).getBytes(StandardCharsets.UTF_8);
                buffer.putInt(text.length);
                putBytes(text);
            }
        }
    }

    private void putBytes(byte[] bytes) {
        if (bytes.length > buffer.capacity()) {
            drain();
            sha256.update(bytes);
        } else {
            room(bytes.length);
            buffer.put(bytes);
        }
    }

    private void room(int bytes) {
        if (buffer.remaining() < bytes) {
            drain();
        }
    }

    private void drain() {
        sha256.update(buffer.flip());
        buffer.clear();
    }
}
