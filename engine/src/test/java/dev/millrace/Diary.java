package dev.millrace;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.bars.BarsCsv;
import dev.millrace.market.Bar;
import dev.millrace.market.BookFrame;
import dev.millrace.market.Gap;
import dev.millrace.market.SentimentReading;
import dev.millrace.market.Trade;
import dev.millrace.strategy.MarketView;
import dev.millrace.strategy.Strategy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A strategy that writes down every callback with all it is told, a line each, and the table of bars, those still open
 * at the end of a session included.
 */
final class Diary implements Strategy {

    private final List<String> lines = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();
    private final BarsCsv bars = new BarsCsv();
    private MarketView market;
    private long clockMs;
    private long barCount;

    /** Waits until something is so, looking again at each callback. */
    synchronized void await(String what, BooleanSupplier so) throws InterruptedException {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(Waiting.PATIENCE_S);
        while (!so.getAsBoolean()) {
            long leftMs = TimeUnit.NANOSECONDS.toMillis(deadlineNs - System.nanoTime());
            assertTrue(
                    leftMs > 0,
                    () -> "not within " + Waiting.PATIENCE_S + " s: " + what + "; last callbacks " + tail());
            wait(leftMs);
        }
    }

    /** Every callback so far. */
    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    synchronized List<Gap> gaps() {
        return List.copyOf(gaps);
    }

    /** The venue's clock. */
    synchronized long clockMs() {
        return clockMs;
    }

    /** Bars closed or revised. */
    synchronized long barCount() {
        return barCount;
    }

    /** The table of bars. */
    synchronized String csv() throws IOException {
        StringBuilder text = new StringBuilder();
        bars.write(text);
        return text.toString();
    }

    /** The lines of the table without the header. */
    List<String> csvLines() throws IOException {
        return csv().lines().skip(1).toList();
    }

    @Override
    public synchronized void onStart(MarketView view) {
        market = view;
        StringBuilder text = new StringBuilder("start ")
                .append(view.venueTimeMs())
                .append(' ')
                .append(view.sentiment());
        for (int symbol = 0; symbol < view.symbolCount(); symbol++) {
            text.append(' ').append(view.symbolName(symbol));
            for (BookFrame book : Arrays.asList(view.slowBook(symbol), view.fastBook(symbol), view.bbo(symbol))) {
                text.append(book == null ? " absent" : " " + text(book));
            }
        }
        view.forEachOpenBar(bar -> text.append(" open ").append(text(bar)));
        view.forEachClosedBar(3, bar -> text.append(" closed ").append(text(bar)));
        note(text.toString());
    }

    @Override
    public void onTrade(Trade trade) {
        note("trade " + trade.symbol + " " + trade.symbolName + " " + trade.timeMs + " " + trade.tid + " " + trade.price
                + " " + trade.size + " " + trade.sizeScale + " " + trade.buy + " " + trade.receiveNs + " "
                + trade.sequence);
    }

    @Override
    public void onBook(BookFrame book) {
        note("book " + text(book));
    }

    @Override
    public void onBbo(BookFrame bbo) {
        note("bbo " + text(bbo));
    }

    @Override
    public synchronized void onBar(Bar bar) {
        bars.onBar(bar);
        barCount++;
        note("bar " + text(bar));
    }

    @Override
    public synchronized void onBarRevised(Bar bar) {
        bars.onBarRevised(bar);
        barCount++;
        note("revised " + text(bar));
    }

    @Override
    public void onSentiment(SentimentReading reading) {
        note("sentiment " + reading);
    }

    @Override
    public synchronized void onGap(Gap gap) {
        gaps.add(gap);
        note("gap " + gap);
    }

    @Override
    public synchronized void onClock(long venueTimeMs) {
        clockMs = venueTimeMs;
        note("clock " + venueTimeMs);
    }

    @Override
    public synchronized void onStop() {
        market.forEachOpenBar(bars::onOpenBar);
        note("stop");
    }

    private synchronized void note(String line) {
        lines.add(line);
        notifyAll();
    }

    private List<String> tail() {
        return lines.subList(Math.max(0, lines.size() - 5), lines.size());
    }

    private static String text(Bar bar) {
        return bar + " " + bar.quoteVolume + " " + bar.buyVolume + " " + bar.firstTimeMs + " " + bar.lastTimeMs + " "
                + bar.knownAtNs;
    }

    private static String text(BookFrame book) {
        return book.symbol + " " + book.timeMs + (book.fast ? " fast" : " slow") + " bids " + text(book.bids) + " asks "
                + text(book.asks);
    }

    private static String text(BookFrame.Levels side) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < side.count; i++) {
            text.append(side.price[i]).append('x').append(side.size[i]);
            text.append('/').append(side.orders[i]).append(' ');
        }
        return text.append("e-").append(side.sizeScale).toString();
    }
}
