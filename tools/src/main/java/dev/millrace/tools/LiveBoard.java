package dev.millrace.tools;

import dev.millrace.market.Bar;
import dev.millrace.market.Gap;
import dev.millrace.market.Timeframe;
import dev.millrace.market.Trade;
import dev.millrace.strategy.Strategy;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a screen shows of the market: the last closed bar of one timeframe and the last price of each coin. Written on the
 * market thread without allocation or waiting, read by the screen's thread.
 */
final class LiveBoard implements Strategy {

    private static final int MAX_SYMBOLS = 64;

    private final Timeframe timeframe;
    private final Row[] rows = new Row[MAX_SYMBOLS];
    private final AtomicLong bars = new AtomicLong();
    private final AtomicLong gaps = new AtomicLong();

    /** @param timeframe the bars to show */
    LiveBoard(Timeframe timeframe) {
        this.timeframe = timeframe;
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new Row();
        }
    }

    Timeframe timeframe() {
        return timeframe;
    }

    /** Bars closed or revised so far, of all timeframes. */
    long bars() {
        return bars.get();
    }

    long gaps() {
        return gaps.get();
    }

    @Override
    public void onTrade(Trade trade) {
        if (trade.symbol < MAX_SYMBOLS) {
            rows[trade.symbol].trade(trade);
        }
    }

    @Override
    public void onBar(Bar bar) {
        bars.lazySet(bars.get() + 1);
        if (bar.symbol < MAX_SYMBOLS && bar.timeframe.equals(timeframe)) {
            rows[bar.symbol].bar(bar);
        }
    }

    @Override
    public void onBarRevised(Bar bar) {
        onBar(bar);
    }

    @Override
    public void onGap(Gap gap) {
        gaps.lazySet(gaps.get() + 1);
    }

    /** The coins that traded, in order of first appearance. */
    List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        for (Row row : rows) {
            Line line = row.read();
            if (line.symbol() != null) {
                lines.add(line);
            }
        }
        return lines;
    }

    /** One coin as shown; prices at scale 8. */
    record Line(String symbol, long last, long open, long high, long low, long close, double volume, long trades) {}

    /** Guarded by a version that is odd while the market thread writes: a reader tries again when it moved. */
    private static final class Row {
        private final AtomicLong version = new AtomicLong();
        private String symbol;
        private long last;
        private long open;
        private long high;
        private long low;
        private long close;
        private double volume;
        private long trades;

        void trade(Trade trade) {
            begin();
            symbol = trade.symbolName;
            last = trade.price;
            end();
        }

        void bar(Bar bar) {
            begin();
            open = bar.open;
            high = bar.high;
            low = bar.low;
            close = bar.close;
            volume = bar.volume.toDouble() / 1e8;
            trades = bar.count;
            end();
        }

        private void begin() {
            version.setOpaque(version.getPlain() + 1);
            VarHandle.storeStoreFence();
        }

        private void end() {
            version.setRelease(version.getPlain() + 1);
        }

        Line read() {
            while (true) {
                long before = version.getAcquire();
                Line line = new Line(symbol, last, open, high, low, close, volume, trades);
                VarHandle.loadLoadFence();
                if ((before & 1) == 0 && version.getOpaque() == before) {
                    return line;
                }
                Thread.onSpinWait();
            }
        }
    }
}
