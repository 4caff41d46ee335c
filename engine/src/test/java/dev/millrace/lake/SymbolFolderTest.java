package dev.millrace.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.tables.Dataset;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SymbolFolderTest {

    private static final String ALPHABET = "aAbBkK:/.%#@_-~ é長\0";

    @ParameterizedTest
    @CsvSource({
        "BTC, BTC",
        "PURR/USDC, PURR%2FUSDC",
        "@107, %40107",
        "'#250', %23250",
        "xyz:TSLA, xyz%3ATSLA",
        "kPEPE, %6BPEPE",
        "KPEPE, KPEPE",
        "XYZ:tsla, %58%59%5A%3A%74%73%6C%61",
        "a_b-c.D9, %61_%62-%63.D9",
        "é, %C3%A9",
        "'', ''",
    })
    void shouldEncode(String symbol, String name) {
        if (symbol.isEmpty()) {
            assertThrows(IllegalArgumentException.class, () -> SymbolFolder.encode(symbol));
        } else {
            assertEquals(name, SymbolFolder.encode(symbol));
            assertEquals(Optional.of(symbol), SymbolFolder.decode(name));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "%", "%4", "%4G", "%6bPEPE", "kPEPE", "%42TC", "A B", "A/B", "a:B", "é", "%C3", "%FF", "~"})
    void shouldRefuseANameThatIsNoSymbols(String name) {
        assertEquals(Optional.empty(), SymbolFolder.decode(name));
    }

    @Test
    void shouldKeepAllSymbolsApartWhateverTheFileSystemDoesWithCase() {
        long seed = 4_711;
        Random random = new Random(seed);
        Map<String, String> symbols = new HashMap<>();
        for (int i = 0; i < 200_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int left = 1 + random.nextInt(5); left > 0; left--) {
                text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
            }
            String symbol = text.toString();
            String name = SymbolFolder.encode(symbol);
            assertTrue(name.matches("([A-Za-z0-9._-]|%[0-9A-F]{2})+"), name);
            assertEquals(Optional.of(symbol), SymbolFolder.decode(name), "seed " + seed);
            String other = symbols.put(name.toLowerCase(Locale.ROOT), symbol);
            assertTrue(other == null || other.equals(symbol), "seed " + seed + ": " + other + " and " + symbol);
        }
    }

    @Test
    void shouldRefuseASymbolTooLongForAFolder() {
        assertEquals(248, SymbolFolder.encode("A".repeat(248)).length());
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> SymbolFolder.encode("/".repeat(83)));
        assertTrue(e.getMessage().contains("249 characters; 1 to 248"), e.getMessage());
    }

    @Test
    void shouldFindThePartitionOfItsPath() {
        Partition partition = new Partition(Dataset.OHLCV, "PURR/USDC", LocalDate.of(2026, 1, 2));
        assertEquals(Path.of("ohlcv/symbol=PURR%2FUSDC/date=2026-01-02/ohlcv.parquet"), partition.path());
        assertEquals(Optional.of(partition), Partition.of(partition.path()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ohlcv/symbol=BTC/date=2026-01-02/tick_data.parquet",
                "ohlcv/symbol=BTC/date=2026-01-02/ohlcv.parquet.tmp",
                "ohlcv/symbol=BTC/date=2026-1-2/ohlcv.parquet",
                "ohlcv/symbol=BTC/date=2026-02-30/ohlcv.parquet",
                "ohlcv/symbol=BTC/date=+12026-02-03/ohlcv.parquet",
                "ohlcv/symbol=btc/date=2026-01-02/ohlcv.parquet",
                "ohlcv/BTC/date=2026-01-02/ohlcv.parquet",
                "bars/symbol=BTC/date=2026-01-02/bars.parquet",
                "ohlcv/symbol=BTC/date=2026-01-02/more/ohlcv.parquet",
                "ohlcv/symbol=BTC/ohlcv.parquet",
            })
    void shouldRefuseAPathThatIsNoPartition(String path) {
        assertEquals(Optional.empty(), Partition.of(Path.of(path)));
    }
}
