package dev.millrace.bars;

import dev.millrace.config.BarsConfig;
import dev.millrace.config.BarsConfig.EmptyBars;
import dev.millrace.market.Basis;
import dev.millrace.market.CoverageView;
import dev.millrace.market.Timeframe;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Keeps every trade for ever and computes each bucket from scratch, in the plainest way. */
final class BarOracle {

    /** A trade, or a sample of a mid with size 0. */
    record Trade(int symbol, Basis basis, long timeMs, BigDecimal price, BigDecimal size, boolean buy) {}

    /** One line of bars: all buckets of a symbol, timeframe and basis. */
    private record Line(int symbol, Timeframe timeframe, Basis basis) {}

    private final BarsConfig config;
    private final Function<Integer, CoverageView> coverage;
    private final List<Trade> accepted = new ArrayList<>();

    BarOracle(BarsConfig config, Function<Integer, CoverageView> coverage) {
        this.config = config;
        this.coverage = coverage;
    }

    /** Whether the trade is in time for bars; if so, keeps it. */
    boolean accept(Trade trade, long clockMs) {
        boolean late = clockMs != Long.MIN_VALUE
                && trade.timeMs < clockMs - config.revisionWindow().toMillis();
        if (!late) {
            accepted.add(trade);
        }
        return !late;
    }

    List<Trade> accepted() {
        return accepted;
    }

    /** Every bar there is at this time: under true those that have closed, under false the open ones. */
    Map<Boolean, Map<PlainBar.Key, PlainBar>> barsByClosed(long clockMs) {
        Map<Boolean, Map<PlainBar.Key, PlainBar>> bars = Map.of(true, new HashMap<>(), false, new HashMap<>());
        for (Timeframe timeframe : config.timeframes()) {
            Map<Line, List<Trade>> lines = accepted.stream()
                    .collect(Collectors.groupingBy(trade -> new Line(trade.symbol, timeframe, trade.basis)));
            lines.forEach((line, trades) -> {
                for (PlainBar bar : line(line, trades, clockMs)) {
                    bars.get(isClosed(bar.key().endMs(), clockMs)).put(bar.key(), bar);
                }
            });
        }
        return bars;
    }

    private boolean isClosed(long endMs, long clockMs) {
        return endMs + config.closeDelay().toMillis() <= clockMs;
    }

    private List<PlainBar> line(Line line, List<Trade> trades, long clockMs) {
        long length = line.timeframe.millis();
        TreeMap<Long, List<Trade>> buckets = trades.stream()
                .collect(Collectors.groupingBy(
                        trade -> Math.floorDiv(trade.timeMs, length) * length, TreeMap::new, Collectors.toList()));
        if (config.emptyBars() != EmptyBars.NONE) {
            long start = buckets.firstKey();
            while (isClosed(start + length, clockMs)) {
                start += length;
                buckets.putIfAbsent(start, List.of());
            }
        }
        List<PlainBar> bars = new ArrayList<>();
        BigDecimal close = null;
        for (Map.Entry<Long, List<Trade>> bucket : buckets.entrySet()) {
            PlainBar bar = bar(line, bucket.getKey(), bucket.getValue(), close, clockMs);
            close = config.emptyBars() == EmptyBars.CARRY ? bar.close() : null;
            bars.add(bar);
        }
        return bars;
    }

    private PlainBar bar(Line line, long startMs, List<Trade> trades, BigDecimal carried, long clockMs) {
        PlainBar.Key key = new PlainBar.Key(line.symbol, line.timeframe, line.basis, startMs);
        List<Trade> inTime =
                trades.stream().sorted(Comparator.comparingLong(Trade::timeMs)).toList();
        boolean empty = inTime.isEmpty();
        Trade first = empty ? null : inTime.get(0);
        Trade last = empty ? null : inTime.get(inTime.size() - 1);
        return new PlainBar(
                key,
                empty ? carried : first.price,
                inTime.stream().map(Trade::price).max(Comparator.naturalOrder()).orElse(carried),
                inTime.stream().map(Trade::price).min(Comparator.naturalOrder()).orElse(carried),
                empty ? carried : last.price,
                sum(inTime, Trade::size, 8),
                sum(inTime, trade -> trade.price.multiply(trade.size), 16),
                sum(inTime.stream().filter(Trade::buy).toList(), Trade::size, 8),
                inTime.size(),
                empty ? 0 : first.timeMs,
                empty ? 0 : last.timeMs,
                isClosed(key.endMs(), clockMs)
                        && coverage.apply(line.symbol).covered(line.symbol, line.basis, startMs, key.endMs()));
    }

    private static BigDecimal sum(List<Trade> trades, Function<Trade, BigDecimal> value, int scale) {
        return trades.stream()
                .map(value)
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .setScale(scale);
    }
}
