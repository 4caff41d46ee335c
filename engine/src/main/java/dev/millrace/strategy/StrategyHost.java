package dev.millrace.strategy;

import dev.millrace.market.Bar;
import dev.millrace.market.BarSink;
import dev.millrace.market.BookFrame;
import dev.millrace.market.Gap;
import dev.millrace.market.SentimentReading;
import dev.millrace.market.Trade;
import dev.millrace.metrics.Counter;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.ErrorLog;
import java.util.List;
import java.util.function.Supplier;

/**
 * Calls the strategies, new ones for each session. A strategy that throws is counted, recorded and detached until the
 * next session; the others and the engine go on. Market thread.
 */
public final class StrategyHost implements BarSink {

    /** One callback. */
    @FunctionalInterface
    private interface Call<T> {
        void on(Strategy strategy, T argument);
    }

    private static final Call<MarketView> START = Strategy::onStart;
    private static final Call<Trade> TRADE = Strategy::onTrade;
    private static final Call<BookFrame> BOOK = Strategy::onBook;
    private static final Call<BookFrame> BBO = Strategy::onBbo;
    private static final Call<Bar> BAR = Strategy::onBar;
    private static final Call<Bar> BAR_REVISED = Strategy::onBarRevised;
    private static final Call<Gap> GAP = Strategy::onGap;
    private static final Call<SentimentReading> SENTIMENT = Strategy::onSentiment;
    private static final Call<Void> STOP = (strategy, nothing) -> strategy.onStop();

    private final Supplier<? extends List<? extends Strategy>> strategies;
    private final ErrorLog errors;
    private final Counter failures;
    private Strategy[] attached = {};
    private int count;

    /** @param strategies gives the strategies of one session, called at its start */
    public StrategyHost(Supplier<? extends List<? extends Strategy>> strategies, Counters counters, ErrorLog errors) {
        this.strategies = strategies;
        this.errors = errors;
        failures = counters.counter("strategy.failures", "Exceptions of strategies; each detached the one that threw");
    }

    /** A session begins. */
    public void onStart(MarketView market) {
        attached = strategies.get().toArray(Strategy[]::new);
        count = attached.length;
        call(START, market);
    }

    public void onTrade(Trade trade) {
        call(TRADE, trade);
    }

    public void onBook(BookFrame book) {
        call(BOOK, book);
    }

    public void onBbo(BookFrame bbo) {
        call(BBO, bbo);
    }

    @Override
    public void onBar(Bar bar) {
        call(BAR, bar);
    }

    @Override
    public void onBarRevised(Bar bar) {
        call(BAR_REVISED, bar);
    }

    public void onGap(Gap gap) {
        call(GAP, gap);
    }

    public void onSentiment(SentimentReading reading) {
        call(SENTIMENT, reading);
    }

    public void onClock(long venueTimeMs) {
        for (int i = 0; i < count; i++) {
            try {
                attached[i].onClock(venueTimeMs);
            } catch (Throwable failure) {
                rethrowFatal(failure);
                detach(i--, failure);
            }
        }
    }

    /** The session ended cleanly. */
    public void onStop() {
        call(STOP, null);
        count = 0;
    }

    private <T> void call(Call<T> callback, T argument) {
        for (int i = 0; i < count; i++) {
            try {
                callback.on(attached[i], argument);
            } catch (Throwable failure) {
                rethrowFatal(failure);
                detach(i--, failure);
            }
        }
    }

    /** Errors of the machine are nobody's own; but whose call ran out of stack, its own recursion did it. */
    private static void rethrowFatal(Throwable failure) {
        if (failure instanceof VirtualMachineError fatal && !(failure instanceof StackOverflowError)) {
            throw fatal;
        }
    }

    private void detach(int index, Throwable failure) {
        failures.increment();
        errors.record("detached strategy " + attached[index].getClass().getName(), failure);
        System.arraycopy(attached, index + 1, attached, index, count - index - 1);
        attached[--count] = null;
    }
}
