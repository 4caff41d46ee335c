package dev.millrace.bars;

import dev.millrace.market.Bar;
import dev.millrace.market.BarSink;
import dev.millrace.market.Basis;
import dev.millrace.market.Decimals;
import dev.millrace.market.Sum128;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The table of {@code --bars-csv}: the last revision of each bar of trades, by symbol, length of the timeframe and start.
 * Plain decimals without trailing zeros; a value that an empty bar does not have is an empty field. Keeps every bar until
 * it is written (cold; one thread).
 */
public final class BarsCsv implements BarSink {

    private static final String HEADER =
            "symbol,timeframe,start_ms,open,high,low,close,volume,buy_volume,vwap,trade_count,complete,revision\n";

    private final SortedMap<Key, Bar> bars = new TreeMap<>();

    @Override
    public void onBar(Bar bar) {
        keep(bar);
    }

    @Override
    public void onBarRevised(Bar bar) {
        keep(bar);
    }

    /** Takes a bar that is still open when the table is written. */
    public void onOpenBar(Bar bar) {
        keep(bar);
    }

    /** Writes the header and a line per bar, each ended by a line feed. */
    public void write(Appendable out) throws IOException {
        out.append(HEADER);
        for (Bar bar : bars.values()) {
            out.append(line(bar));
        }
    }

    private void keep(Bar bar) {
        if (bar.basis == Basis.TRADE) {
            bars.computeIfAbsent(Key.of(bar), key -> new Bar()).set(bar);
        }
    }

    private static String line(Bar bar) {
        return String.join(
                        ",",
                        quoted(bar.symbolName),
                        bar.timeframe.label(),
                        Long.toString(bar.startMs),
                        price(bar.open),
                        price(bar.high),
                        price(bar.low),
                        price(bar.close),
                        volume(bar.volume),
                        volume(bar.buyVolume),
                        vwap(bar.vwap()),
                        Long.toString(bar.count),
                        Boolean.toString(bar.complete),
                        Integer.toString(bar.revision))
                + "\n";
    }

    /** A venue may name a coin as it likes; a name that CSV would take apart is quoted. */
    private static String quoted(String name) {
        boolean plain = name.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? name : '"' + name.replace("\"", "\"\"") + '"';
    }

    private static String price(long price) {
        return price == Decimals.NULL_PRICE ? "" : Decimals.text(price);
    }

    private static String volume(Sum128 sum) {
        return Decimals.text(sum.decimal(Decimals.SCALE));
    }

    private static String vwap(BigDecimal vwap) {
        return vwap == null ? "" : Decimals.text(vwap);
    }

    private record Key(String symbol, long timeframeMs, String timeframe, long startMs) implements Comparable<Key> {

        private static final Comparator<Key> ORDER = Comparator.comparing(Key::symbol)
                .thenComparingLong(Key::timeframeMs)
                .thenComparing(Key::timeframe)
                .thenComparingLong(Key::startMs);

        static Key of(Bar bar) {
            return new Key(bar.symbolName, bar.timeframe.millis(), bar.timeframe.label(), bar.startMs);
        }

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }
}
