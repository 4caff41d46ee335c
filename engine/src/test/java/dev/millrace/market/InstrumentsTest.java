package dev.millrace.market;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;

class InstrumentsTest {

    private final SymbolTable symbols = new SymbolTable();
    private final Instruments instruments = new Instruments(symbols);

    @Test
    void shouldScaleBySizeDecimalsWhicheverComesFirst() {
        int before = symbols.id("A");
        assertEquals(8, instruments.sizeScale(before));
        instruments.update(List.of(instrument("A", 2), instrument("B", 3), instrument("C", 0)));
        assertEquals(4, instruments.sizeScale(before));
        assertEquals(8, instruments.sizeScale(symbols.id("B")));
        assertEquals(4, instruments.sizeScale(symbols.id("C")));
        assertEquals(8, instruments.sizeScale(symbols.id("unheard of")));
    }

    @Test
    void shouldKeepInstrumentsThatALaterReplyLeavesOut() {
        instruments.update(List.of(instrument("A", 0), instrument("B", 0)));
        instruments.update(List.of(instrument("B", 8)));
        assertEquals(instrument("A", 0), instruments.of("A"));
        assertEquals(8, instruments.sizeScale(symbols.id("B")));
        assertNull(instruments.of("C"));
    }

    @Test
    void shouldRegisterNoSymbol() {
        instruments.update(List.of(instrument("A", 0)));
        assertEquals(0, symbols.size());
    }

    @Test
    void shouldServeAnyNumberOfSymbols() {
        for (int i = 0; i < 1_500; i++) {
            instruments.update(List.of(instrument("coin" + i, i % 4)));
            assertEquals(i % 4 <= 2 ? 4 : 8, instruments.sizeScale(symbols.id("coin" + i)));
        }
    }

    private static Instrument instrument(String name, int sizeDecimals) {
        return new Instrument(name, 0, sizeDecimals, false, false, 0, false, 1);
    }
}
