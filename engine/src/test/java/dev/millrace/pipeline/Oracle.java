package dev.millrace.pipeline;

import dev.millrace.market.Bar;
import dev.millrace.market.Decimals;
import dev.millrace.market.Timeframe;
import dev.millrace.pipeline.Frames.VenueTrade;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * The rules of order and bars in their plainest form: collections that never forget, walked each time. It says which trades are
 * accepted, which had to be refused, and what the bars are.
 */
final class Oracle {

    private final Set<VenueTrade> offered = new LinkedHashSet<>();
    final List<VenueTrade> accepted = new ArrayList<>();
    private final List<VenueTrade> barred = new ArrayList<>();
    private final TreeMap<String, Window> windows = new TreeMap<>();
    private final TreeMap<Integer, Long> lastExchange = new TreeMap<>();
    private final int keep;
    private final long revisionWindowMs;
    long refused;
    long duplicates;

    private Long clock;
    private long exchange = Long.MIN_VALUE;
    private long exchangeReceive;
    private long previousReceive;
    private long beyond;
    private boolean stopped;

    Oracle(int keep, long revisionWindowMs) {
        this.keep = keep;
        this.revisionWindowMs = revisionWindowMs;
    }

    /** A trades frame: its trades in array order, then the clock. */
    void frame(int connection, List<VenueTrade> trades, long receiveMs) {
        for (VenueTrade trade : trades) {
            offer(trade);
        }
        long newest = trades.stream().mapToLong(VenueTrade::timeMs).max().orElseThrow();
        lastExchange.merge(connection, newest, Math::max);
        if (newest > exchange) {
            exchange = newest;
            exchangeReceive = receiveMs;
            beyond = 0;
            stopped = false;
        }
        record(receiveMs);
    }

    /** Any record. */
    void record(long receiveMs) {
        if (exchange != Long.MIN_VALUE) {
            long elapsed = Math.max(0, receiveMs - exchangeReceive);
            long step = receiveMs - previousReceive;
            if (elapsed > 5_000 && !stopped && step > 0) {
                stopped = step > 2_000;
                beyond += stopped ? 0 : Math.min(step, elapsed - 5_000);
            }
            long now = exchange + Math.min(elapsed, 5_000) + beyond;
            clock = clock == null ? now : Math.max(clock, now);
        }
        previousReceive = receiveMs;
    }

    boolean everOffered(VenueTrade trade) {
        return offered.contains(trade);
    }

    long firstOffered(String coin) {
        return offered.stream()
                .filter(trade -> trade.coin().equals(coin))
                .mapToLong(VenueTrade::timeMs)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    long lastExchangeTime(int connection) {
        return lastExchange.getOrDefault(connection, Long.MIN_VALUE);
    }

    long newestExchangeTime() {
        return exchange;
    }

    private void offer(VenueTrade trade) {
        offered.add(trade);
        Window window = windows.computeIfAbsent(trade.coin(), coin -> new Window());
        window.evict();
        if (window.held.contains(trade)) {
            duplicates++;
        } else if (trade.timeMs() <= window.floor) {
            refused++;
        } else {
            window.held.add(trade);
            accepted.add(trade);
            if (clock == null || trade.timeMs() >= clock - revisionWindowMs) {
                barred.add(trade);
            }
        }
    }

    /** One line a bar: every field that does not depend on when it was seen. */
    String bars(String... timeframes) {
        TreeMap<String, List<VenueTrade>> buckets = new TreeMap<>();
        for (String label : timeframes) {
            long millis = Timeframe.parse(label).millis();
            for (VenueTrade trade : barred) {
                String key = trade.coin() + " " + label + " " + (trade.timeMs() / millis * millis);
                buckets.computeIfAbsent(key, k -> new ArrayList<>()).add(trade);
            }
        }
        StringBuilder text = new StringBuilder();
        buckets.forEach((key, trades) -> text.append(line(key, trades)).append('\n'));
        return text.toString();
    }

    private static String line(String key, List<VenueTrade> trades) {
        List<VenueTrade> ordered = new ArrayList<>(trades);
        ordered.sort(Comparator.comparingLong(VenueTrade::timeMs)); // stable: arrival decides ties
        BigDecimal volume = BigDecimal.ZERO;
        BigDecimal quote = BigDecimal.ZERO;
        BigDecimal buy = BigDecimal.ZERO;
        for (VenueTrade trade : trades) {
            BigDecimal size = Decimals.decimal(trade.size());
            volume = volume.add(size);
            quote = quote.add(size.multiply(Decimals.decimal(trade.price())));
            buy = trade.buy() ? buy.add(size) : buy;
        }
        VenueTrade first = ordered.get(0);
        VenueTrade last = ordered.get(ordered.size() - 1);
        long high = trades.stream().mapToLong(VenueTrade::price).max().orElseThrow();
        long low = trades.stream().mapToLong(VenueTrade::price).min().orElseThrow();
        return text(key, first.price(), high, low, last.price(), volume, quote, buy) + " " + trades.size() + " "
                + first.timeMs() + " " + last.timeMs();
    }

    /** The engine's bars in the same form. */
    static String text(Collection<Bar> bars) {
        TreeMap<String, String> lines = new TreeMap<>();
        for (Bar bar : bars) {
            lines.put(
                    Recorder.key(bar),
                    text(
                                    Recorder.key(bar),
                                    bar.open,
                                    bar.high,
                                    bar.low,
                                    bar.close,
                                    bar.volume.decimal(8),
                                    bar.quoteVolume.decimal(16),
                                    bar.buyVolume.decimal(8))
                            + " " + bar.count + " " + bar.firstTimeMs + " " + bar.lastTimeMs);
        }
        StringBuilder text = new StringBuilder();
        lines.values().forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    private static String text(
            String key,
            long open,
            long high,
            long low,
            long close,
            BigDecimal volume,
            BigDecimal quote,
            BigDecimal buy) {
        return key + " " + open + " " + high + " " + low + " " + close + " " + Decimals.text(volume) + " "
                + Decimals.text(quote) + " " + Decimals.text(buy);
    }

    /** The window of one symbol, in order of arrival. */
    private final class Window {
        final Set<VenueTrade> held = new LinkedHashSet<>();
        long floor = Long.MIN_VALUE;

        void evict() {
            Iterator<VenueTrade> oldest = held.iterator();
            while (held.size() > keep && clock != null) {
                long timeMs = oldest.next().timeMs();
                if (timeMs > clock - revisionWindowMs) {
                    return;
                }
                oldest.remove();
                floor = Math.max(floor, timeMs);
            }
        }
    }
}
