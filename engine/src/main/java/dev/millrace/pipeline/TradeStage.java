package dev.millrace.pipeline;

import dev.millrace.bars.BarAggregator;
import dev.millrace.config.OrderConfig;
import dev.millrace.market.Basis;
import dev.millrace.market.DecodedFrame;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.Source;
import dev.millrace.market.SymbolTable;
import dev.millrace.market.Trade;
import dev.millrace.market.TradeBatch;
import dev.millrace.metrics.Counter;
import dev.millrace.metrics.Counters;
import dev.millrace.order.Coverage;
import dev.millrace.order.TradeWindows;
import dev.millrace.order.VenueCounts;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Takes the trades of a frame: which are new, what they prove, into which bars they go. Always {@code accepted = barred +
 * lateUnbarred}. Market thread.
 */
final class TradeStage {

    private final SymbolTable symbols;
    private final TradeWindows windows;
    private final Coverage coverage;
    private final VenueCounts counts;
    private final BarAggregator bars;
    private final Consumer<Trade> accepts;
    private final Arrivals arrivals;
    private final Counter accepted;
    private final Counter duplicates;
    private final Counter tooOld;
    private final Counter barred;
    private final Counter lateUnbarred;
    private final Trade view = new Trade();
    private boolean overlaps;
    /** Whether the frame that is being applied may win or lose against another connection's. */
    private boolean isRaced;

    private long oldestKnownMs;

    /** @param accepts told each accepted trade; the view is reused */
    TradeStage(
            SymbolTable symbols,
            TradeWindows windows,
            Coverage coverage,
            VenueCounts counts,
            BarAggregator bars,
            Consumer<Trade> accepts,
            Arrivals arrivals,
            Counters counters) {
        this.symbols = symbols;
        this.windows = windows;
        this.coverage = coverage;
        this.counts = counts;
        this.bars = bars;
        this.accepts = accepts;
        this.arrivals = arrivals;
        accepted = counters.counter("trades.accepted", "Trades seen for the first time");
        duplicates = counters.counter("trades.duplicates", "Trades that were already accepted");
        tooOld = counters.counter("trades.too-old", "Trades too old to be proven new; in neither bars nor ticks");
        barred = counters.counter("trades.barred", "Accepted trades that entered their bars");
        lateUnbarred = counters.counter("trades.late-unbarred", "Accepted trades too late for their bars");
    }

    void configure(OrderConfig order, Duration revisionWindow) {
        windows.configure(order, revisionWindow);
    }

    void onAck(int symbol, boolean subscribe, int connection, long receiveNs) {
        if (subscribe) {
            windows.onAck(symbol);
            coverage.onTradesAck(symbol, connection, receiveNs, windows.newestMs(symbol));
        } else {
            coverage.onTradesUnsubscribed(symbol, connection, receiveNs);
        }
    }

    /** The newest trade accepted, ms; Long.MIN_VALUE when none. */
    long newestMs(int symbol) {
        return windows.isKnown(symbol) ? windows.newestMs(symbol) : Long.MIN_VALUE;
    }

    /** No trade at or before this can be recognised again, ms; Long.MIN_VALUE when all can. */
    long floorMs(int symbol) {
        return windows.isKnown(symbol) ? windows.floorMs(symbol) : Long.MIN_VALUE;
    }

    /** Applies the trades of one frame; each run of one symbol is judged on its own. */
    void apply(DecodedFrame frame, MarketEvent event, long clockMs) {
        TradeBatch batch = frame.trades;
        for (int from = 0; from < batch.count; ) {
            int to = from + 1;
            while (to < batch.count && batch.symbol[to] == batch.symbol[from]) {
                to++;
            }
            applyRun(batch, from, to, event, clockMs);
            from = to;
        }
    }

    /** A frame is held back. Which frame is a snapshot is decided by when it came. */
    void onHeld(TradeBatch batch, MarketEvent event) {
        for (int i = 0; i < batch.count; i++) {
            coverage.onHeld(batch.symbol[i], Source.connection(event.source()), event.sequence());
        }
    }

    /** A frame that was held back is refused. */
    void onHeldRefused(TradeBatch batch, MarketEvent event) {
        for (int i = 0; i < batch.count; i++) {
            coverage.onHeldRefused(batch.symbol[i], event.sequence());
        }
    }

    private void applyRun(TradeBatch batch, int from, int to, MarketEvent event, long clockMs) {
        int symbol = batch.symbol[from];
        int connection = Source.connection(event.source());
        boolean snapshot = coverage.awaitsSnapshot(symbol, connection, event.sequence());
        isRaced = !snapshot && coverage.isCarriedTwice(symbol);
        overlaps = false;
        oldestKnownMs = Long.MAX_VALUE;
        for (int i = from; i < to; i++) {
            applyTrade(batch, i, event, clockMs);
        }
        if (snapshot) {
            coverage.onSnapshot(
                    symbol,
                    connection,
                    event.receiveNs(),
                    oldest(batch, from, to),
                    wholeFrom(batch, from, to),
                    overlaps,
                    oldestKnownMs,
                    windows.newestBeforeAckMs(symbol),
                    bars.provableFrom(symbol, Basis.TRADE));
        }
        coverage.onTrades(symbol, connection, newest(batch, from, to), !snapshot);
    }

    private void applyTrade(TradeBatch batch, int i, MarketEvent event, long clockMs) {
        int symbol = batch.symbol[i];
        long timeMs = batch.timeMs[i];
        switch (windows.offer(symbol, timeMs, batch.tid[i], clockMs)) {
            case DUPLICATE -> {
                duplicates.increment();
                if (isRaced) {
                    arrivals.onTradeAgain(symbol, timeMs, batch.tid[i], event);
                }
                overlaps |= windows.duplicateFromBeforeAck(symbol);
                oldestKnownMs = Math.min(oldestKnownMs, timeMs);
            }
            case TOO_OLD -> tooOld.increment();
            case NEW -> {
                accepted.increment();
                if (isRaced) {
                    arrivals.onNewTrade(symbol, timeMs, batch.tid[i], event);
                }
                counts.onTrade(symbol, timeMs);
                boolean inBars = bars.onTrade(
                        symbol, timeMs, batch.price[i], batch.size[i], batch.sizeScale[i], batch.buy[i], clockMs);
                (inBars ? barred : lateUnbarred).increment();
                accepts.accept(view(batch, i, event));
            }
        }
    }

    private Trade view(TradeBatch batch, int i, MarketEvent event) {
        view.symbol = batch.symbol[i];
        view.symbolName = symbols.name(batch.symbol[i]);
        view.timeMs = batch.timeMs[i];
        view.tid = batch.tid[i];
        view.price = batch.price[i];
        view.size = batch.size[i];
        view.sizeScale = batch.sizeScale[i];
        view.buy = batch.buy[i];
        view.receiveNs = event.receiveNs();
        view.sequence = event.sequence();
        return view;
    }

    /** From where on a snapshot lacks nothing: in which order the venue's clock gave its times, only rising ones tell. */
    private static long wholeFrom(TradeBatch batch, int from, int to) {
        for (int i = from + 1; i < to; i++) {
            if (batch.timeMs[i] < batch.timeMs[i - 1]) {
                return newest(batch, from, to) + 1;
            }
        }
        return batch.timeMs[from] + 1;
    }

    private static long newest(TradeBatch batch, int from, int to) {
        long newest = Long.MIN_VALUE;
        for (int i = from; i < to; i++) {
            newest = Math.max(newest, batch.timeMs[i]);
        }
        return newest;
    }

    private static long oldest(TradeBatch batch, int from, int to) {
        long oldest = Long.MAX_VALUE;
        for (int i = from; i < to; i++) {
            oldest = Math.min(oldest, batch.timeMs[i]);
        }
        return oldest;
    }
}
