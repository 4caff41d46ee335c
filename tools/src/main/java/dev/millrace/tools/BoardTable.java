package dev.millrace.tools;

import dev.millrace.market.Decimals;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;

/** The live table: 78 columns, redrawn in place. */
final class BoardTable {

    private static final String ROW = "%-10s%10s %10s%10s%10s%10s%11s%6s";
    private static final int WIDTH = 79;
    private static final int MAX_ROWS = 20;
    private static final MathContext SHOWN = new MathContext(7);
    private static final String CLEAR = "\r\u001b[K";

    private final PrintWriter out;
    private int drawn;

    BoardTable(PrintWriter out) {
        this.out = out;
    }

    /** The next drawing starts on a new place: something else was printed. */
    void forget() {
        drawn = 0;
    }

    void draw(String headline, LiveBoard board) {
        if (drawn > 0) {
            out.print("\u001b[" + drawn + "A");
        }
        List<LiveBoard.Line> lines = board.lines();
        line(headline);
        line(String.format(
                Locale.ROOT, ROW, "coin", "last", board.timeframe() + " open", "high", "low", "close", "volume", "n"));
        lines.stream().limit(MAX_ROWS).forEach(row -> line(text(row)));
        drawn = 2 + Math.min(lines.size(), MAX_ROWS);
        out.flush();
    }

    private void line(String text) {
        out.print(CLEAR);
        out.println(text.substring(0, Math.min(WIDTH, text.length()))); // a wrapped line would spoil the redrawing
    }

    private static String text(LiveBoard.Line row) {
        String volume =
                BigDecimal.valueOf(row.volume()).round(new MathContext(6)).toPlainString();
        return String.format(
                Locale.ROOT,
                ROW,
                row.symbol(),
                price(row.last()),
                price(row.open()),
                price(row.high()),
                price(row.low()),
                price(row.close()),
                row.trades() == 0 ? "" : Decimals.text(new BigDecimal(volume)),
                row.trades() == 0 ? "" : Long.toString(row.trades()));
    }

    private static String price(long value) {
        return value == 0 || value == Decimals.NULL_PRICE
                ? ""
                : Decimals.text(Decimals.decimal(value).round(SHOWN));
    }
}
