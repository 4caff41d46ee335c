package dev.millrace.pipeline;

import dev.millrace.market.Bar;
import dev.millrace.market.BookFrame;
import dev.millrace.market.BookView;
import dev.millrace.market.Ladder;
import dev.millrace.market.SentimentReading;
import dev.millrace.market.SymbolTable;
import dev.millrace.order.VenueClock;
import dev.millrace.strategy.MarketView;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A market as it stands between two records: empty before the first session. Market thread. */
final class CurrentMarket implements MarketView {

    private final SymbolTable symbols;
    private final SentimentRecords sentiment;
    /** Null before the first session. */
    private Stages stages;

    CurrentMarket(SymbolTable symbols, SentimentRecords sentiment) {
        this.symbols = symbols;
        this.sentiment = sentiment;
    }

    /** The first session has begun. */
    void begin(Stages built) {
        stages = built;
    }

    @Override
    public long venueTimeMs() {
        return stages == null ? VenueClock.UNSET : stages.clock.nowMs();
    }

    @Override
    public int symbolCount() {
        return symbols.size();
    }

    @Override
    public String symbolName(int symbol) {
        return symbols.name(symbol);
    }

    @Override
    public BookFrame slowBook(int symbol) {
        return book(BookView.SLOW, symbol);
    }

    @Override
    public BookFrame fastBook(int symbol) {
        return book(BookView.FAST, symbol);
    }

    @Override
    public BookFrame bbo(int symbol) {
        return book(BookView.BBO, symbol);
    }

    private BookFrame book(BookView view, int symbol) {
        return stages == null ? null : stages.heldBooks.get(view, symbol);
    }

    @Override
    public void readBooks(int symbol, Ladder into) {
        stages.heldBooks.read(symbol, venueTimeMs(), into);
    }

    @Override
    public void readBook(int symbol, BookView view, Ladder into) {
        stages.heldBooks.read(view, symbol, venueTimeMs(), into);
    }

    @Override
    public SentimentReading sentiment() {
        return sentiment.newest();
    }

    @Override
    public void forEachOpenBar(Consumer<Bar> consumer) {
        if (stages != null) {
            stages.bars.forEachOpen(consumer);
        }
    }

    @Override
    public void forEachClosedBar(int perSeries, Consumer<Bar> consumer) {
        if (stages != null) {
            stages.bars.forEachLastClosed(perSeries, consumer);
        }
    }

    /** How far each coin has come of which anything was seen (cold). */
    List<MarketPosition.Coin> positions() {
        List<MarketPosition.Coin> coins = new ArrayList<>();
        for (int symbol = 0; stages != null && symbol < symbols.size(); symbol++) {
            String name = symbols.name(symbol);
            MarketPosition.Coin coin = new MarketPosition.Coin(
                    name,
                    stages.coverage.isLive(symbol),
                    stages.trades.newestMs(symbol),
                    stages.trades.floorMs(symbol),
                    timeMs(slowBook(symbol)),
                    timeMs(fastBook(symbol)),
                    timeMs(bbo(symbol)));
            if (!coin.equals(MarketPosition.Coin.unseen(name))) {
                coins.add(coin);
            }
        }
        return coins;
    }

    private static long timeMs(BookFrame book) {
        return book == null ? MarketPosition.NONE : book.timeMs;
    }
}
