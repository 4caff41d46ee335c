package dev.millrace.market;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The venue's instruments by name, and the scale of their sizes by symbol id. A symbol may be seen before or after its
 * metadata; metadata alone registers no symbol. One thread: the one that owns the symbol table.
 */
public final class Instruments implements StatePart {

    private static final int SCALE_OF_UNKNOWN = 8;

    private final SymbolTable symbols;
    private final Map<String, Instrument> byName = new HashMap<>();
    /** The same, ascending by name: the order in which they are written. */
    private final List<Instrument> ordered = new ArrayList<>();
    /** Scale by symbol id; 0 where it has not been asked for since the last update. */
    private byte[] sizeScales = new byte[64];

    public Instruments(SymbolTable symbols) {
        this.symbols = symbols;
    }

    /** Adds instruments or replaces those of the same name; the others stay. */
    public void update(List<Instrument> instruments) {
        for (Instrument instrument : instruments) {
            byName.put(instrument.name(), instrument);
        }
        ordered.clear();
        ordered.addAll(byName.values());
        ordered.sort(Comparator.comparing(Instrument::name));
        Arrays.fill(sizeScales, (byte) 0);
    }

    /** Scale of this symbol's sizes, 8 or 4; 8 without metadata. Allocates nothing for an id asked for before. */
    public int sizeScale(int symbolId) {
        if (symbolId < sizeScales.length && sizeScales[symbolId] != 0) {
            return sizeScales[symbolId];
        }
        return resolve(symbolId);
    }

    /** All that metadata has named, ascending by name; what is gone or delisted stays. */
    public List<Instrument> all() {
        return List.copyOf(ordered);
    }

    /** The instrument of this wire name; null when no metadata has named it. */
    public Instrument of(String name) {
        return byName.get(name);
    }

    @Override
    public String stateTag() {
        return "INST";
    }

    @Override
    public void writeTo(StateWriter out) {
        out.writeInt(ordered.size());
        for (int i = 0; i < ordered.size(); i++) {
            Instrument instrument = ordered.get(i);
            out.writeText(instrument.name());
            out.writeInt(instrument.index());
            out.writeInt(instrument.sizeDecimals());
            out.writeFlag(instrument.spot());
            out.writeFlag(instrument.delisted());
            out.writeInt(instrument.maxLeverage());
            out.writeFlag(instrument.isolatedOnly());
            out.writeLong(Double.doubleToLongBits(instrument.dayNotionalVolume()));
        }
    }

    @Override
    public void readFrom(StateReader in) {
        List<Instrument> instruments = new ArrayList<>();
        for (int left = in.count(Integer.BYTES); left > 0; left--) {
            instruments.add(new Instrument(
                    in.readText(),
                    in.readInt(),
                    in.readInt(),
                    in.readFlag(),
                    in.readFlag(),
                    in.readInt(),
                    in.readFlag(),
                    Double.longBitsToDouble(in.readLong())));
        }
        update(instruments);
    }

    private int resolve(int symbolId) {
        if (symbolId >= sizeScales.length) {
            sizeScales = Arrays.copyOf(sizeScales, Math.max(symbolId + 1, sizeScales.length * 2));
        }
        Instrument instrument = byName.get(symbols.name(symbolId));
        int scale = instrument == null ? SCALE_OF_UNKNOWN : instrument.sizeScale();
        sizeScales[symbolId] = (byte) scale;
        return scale;
    }
}
