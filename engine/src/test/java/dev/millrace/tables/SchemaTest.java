package dev.millrace.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SchemaTest {

    private static final Schema TICKS = Dataset.TICK_DATA.schema();

    @ParameterizedTest
    @EnumSource
    void shouldBeginWithSymbolAndDateAndFindItsDatasetByName(Dataset dataset) {
        Schema schema = dataset.schema();
        assertEquals(
                new Column("symbol", ColumnType.TEXT, true, 1), schema.columns().get(Schema.SYMBOL));
        assertEquals(
                new Column("date", ColumnType.DATE, true, 1), schema.columns().get(Schema.DATE));
        assertEquals(ColumnType.TIME, schema.columns().get(schema.time()).type());
        assertEquals(Optional.of(dataset), Dataset.of(dataset.label()));
        assertEquals(Optional.empty(), Dataset.of(dataset.label() + "s"));
    }

    @Test
    void shouldHaveTheColumnsOfTheDesign() {
        assertEquals(
                List.of(
                        "symbol",
                        "date",
                        "timestamp",
                        "trade_id",
                        "side",
                        "price",
                        "volume",
                        "received_ns",
                        "journal_seq"),
                TICKS.columns().stream().map(Column::name).toList());
        assertEquals(
                List.of("timeframe", "basis", "source", "timestamp"),
                Dataset.OHLCV.schema().key().stream().map(Column::name).toList());
    }

    @Test
    void shouldRefuseWhatWouldBreakOlderFiles() {
        assertThrows(IllegalArgumentException.class, () -> new Column("x", ColumnType.LONG, true, 2));
        assertThrows(
                IllegalArgumentException.class,
                () -> Schema.of("x").optional(ColumnType.TIME, "timestamp").key("timestamp"));
        assertThrows(
                IllegalArgumentException.class,
                () -> Schema.of("x")
                        .required("timestamp", ColumnType.TIME)
                        .required("timestamp", ColumnType.TIME)
                        .key());
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> TICKS.column("tid"));
        assertTrue(e.getMessage().startsWith("tick_data has no column tid; it has [symbol, date"), e.getMessage());
    }

    @Test
    void shouldRefuseAValueOfAnotherType() {
        Row row = new Row(TICKS);
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> row.setLong(TICKS.column("price"), 1));
        assertEquals("tick_data.price is DOUBLE and was given a long", e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> row.setText(TICKS.column("side"), null));
        assertThrows(IllegalArgumentException.class, () -> row.setFlag(TICKS.column("side"), true));
        assertThrows(IllegalArgumentException.class, () -> row.setDouble(TICKS.column("trade_id"), 1));
    }

    @Test
    void shouldDigestTheBytesOfItsPage() throws NoSuchAlgorithmException {
        ByteBuffer bytes = ByteBuffer.allocate(200);
        bytes.put("tick_data\0BTC\0".getBytes(StandardCharsets.UTF_8)).putLong(20_000);
        bytes.put((byte) 2).putLong(1_728_000_000_000_000L);
        bytes.put((byte) 4).putInt(3).put("buy".getBytes(StandardCharsets.UTF_8));
        bytes.put((byte) 5).putLong(0x3ff8000000000000L); // 1.5
        bytes.put((byte) 255);
        byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(Arrays.copyOf(bytes.array(), bytes.position()));

        Row row = new Row(TICKS);
        row.setText(Schema.SYMBOL, "BTC");
        row.setLong(2, 1_728_000_000_000_000L);
        row.setText(4, "buy");
        row.setDouble(5, 1.5);
        assertEquals(HexFormat.of().formatHex(sha256), digest(row));
        row.setLong(8, 0);
        assertNotEquals(HexFormat.of().formatHex(sha256), digest(row));
    }

    @Test
    void shouldDigestATextLongerThanItsBuffer() {
        Row row = new Row(TICKS);
        row.setText(4, "x".repeat(100_000));
        String one = digest(row);
        row.setText(4, "x".repeat(99_999) + "y");
        assertNotEquals(one, digest(row));
    }

    private static String digest(Row row) {
        RowDigest digest = new RowDigest(TICKS, "BTC", LocalDate.ofEpochDay(20_000));
        digest.add(row);
        return digest.hex();
    }
}
