package dev.millrace;

import dev.millrace.journal.JournalReader;
import dev.millrace.market.AssetContext;
import dev.millrace.market.Bar;
import dev.millrace.market.Basis;
import dev.millrace.market.BookFrame;
import dev.millrace.market.BookView;
import dev.millrace.market.Decimals;
import dev.millrace.market.EmittedBarSink;
import dev.millrace.market.Gap;
import dev.millrace.market.Instrument;
import dev.millrace.market.SentimentReading;
import dev.millrace.market.TickSink;
import dev.millrace.market.Trade;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.ErrorLog;
import dev.millrace.pipeline.Market;
import dev.millrace.replay.Pace;
import dev.millrace.replay.Replay;
import dev.millrace.strategy.StrategyHost;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the tables must hold, row by row as text, by plain decimal arithmetic from what a market tells. */
final class ExpectedRows implements EmittedBarSink, TickSink {

    private final Map<String, List<String>> rows = new TreeMap<>();
    private final Map<Long, SentimentReading> told = new TreeMap<>();
    private final Map<String, List<String>> revisions = new TreeMap<>();

    /** Those of a journal, from its first record on. */
    static ExpectedRows of(Path journal) throws InterruptedException {
        ExpectedRows rows = new ExpectedRows();
        Counters counters = new Counters();
        StrategyHost nobody = new StrategyHost(List::of, counters, new ErrorLog(Clock.systemUTC()));
        try (JournalReader reader = JournalReader.open(journal)) {
            new Replay(reader, new Market(nobody, (gap, receiveNs) -> {}, rows, rows, counters), Pace.MAX)
                    .run(sequence -> {});
        }
        return rows;
    }

    long count() {
        return rows.values().stream().mapToLong(List::size).sum();
    }

    /** Sorted, each line beginning with its table. */
    List<String> text() {
        List<String> lines = new ArrayList<>();
        rows.forEach((table, of) -> of.forEach(row -> lines.add(table + " " + row)));
        revisions.forEach((key, of) -> {
            for (int i = 0; i < of.size(); i++) {
                lines.add((i == of.size() - 1 ? "ohlcv_bars " : "bar_revisions ") + key + "|" + of.get(i));
            }
        });
        return lines.stream().sorted().collect(Collectors.toList());
    }

    /** Without what was replaced: the last revision of each bar, the last report of each gap. */
    List<String> lastText() {
        Map<String, String> gaps = new TreeMap<>();
        List<String> lines = new ArrayList<>();
        for (String line : text()) {
            if (line.startsWith("feed_gaps ")) {
                gaps.merge(
                        String.join("|", Arrays.asList(line.split("\\|")).subList(0, 5)),
                        line,
                        (a, b) -> sequence(a) > sequence(b) ? a : b);
            } else if (!line.startsWith("bar_revisions ")) {
                lines.add(line);
            }
        }
        lines.addAll(gaps.values());
        return lines.stream().sorted().collect(Collectors.toList());
    }

    private static long sequence(String line) {
        return Long.parseLong(line.substring(line.lastIndexOf('|') + 1));
    }

    private void add(String table, Object... values) {
        rows.computeIfAbsent(table, key -> new ArrayList<>()).add(line(values));
    }

    private static String line(Object... values) {
        List<String> texts = new ArrayList<>();
        for (Object value : values) {
            texts.add(value instanceof BigDecimal exact ? Double.toString(exact.doubleValue()) : String.valueOf(value));
        }
        return String.join("|", texts);
    }

    private static BigDecimal price(long value) {
        return value == Decimals.NULL_PRICE ? null : BigDecimal.valueOf(value, 8);
    }

    private static long micros(long ns) {
        return Math.floorDiv(ns, 1_000);
    }

    @Override
    public void onTrade(Trade trade, long sequence) {
        add(
                "tick_data",
                trade.symbolName,
                trade.timeMs * 1000,
                trade.tid,
                trade.buy ? "buy" : "sell",
                price(trade.price),
                BigDecimal.valueOf(trade.size, trade.sizeScale),
                trade.receiveNs,
                sequence);
    }

    @Override
    public void onTopOfBook(String symbol, BookView view, BookFrame book, long receiveNs, long sequence) {
        add(
                "book_tops",
                symbol,
                book.timeMs * 1000,
                view.label(),
                best(book.bids),
                bestSize(book.bids),
                best(book.asks),
                bestSize(book.asks),
                receiveNs,
                sequence);
    }

    @Override
    public void onBook(String symbol, BookView view, BookFrame book, long receiveNs, long sequence) {
        levels("bid", book.bids, symbol, view, book, receiveNs, sequence);
        levels("ask", book.asks, symbol, view, book, receiveNs, sequence);
    }

    private void levels(
            String label,
            BookFrame.Levels side,
            String symbol,
            BookView view,
            BookFrame book,
            long receiveNs,
            long sequence) {
        for (int i = 0; i < side.count; i++) {
            add(
                    "books",
                    symbol,
                    book.timeMs * 1000,
                    view.label(),
                    label,
                    i,
                    price(side.price[i]),
                    BigDecimal.valueOf(side.size[i], side.sizeScale),
                    side.orders[i],
                    receiveNs,
                    sequence);
        }
    }

    private static BigDecimal best(BookFrame.Levels side) {
        return side.count == 0 ? null : price(side.price[0]);
    }

    private static BigDecimal bestSize(BookFrame.Levels side) {
        return side.count == 0 ? null : BigDecimal.valueOf(side.size[0], side.sizeScale);
    }

    @Override
    public void onMid(String symbol, long price, long receiveNs, long sequence) {
        add("mids", symbol, micros(receiveNs), price(price), receiveNs, sequence);
    }

    @Override
    public void onContext(String symbol, AssetContext context, long receiveNs, long sequence) {
        List<Object> values = new ArrayList<>(List.of(symbol, micros(receiveNs)));
        for (AssetContext.Field field : AssetContext.Field.values()) {
            values.add(context.get(field).decimal());
        }
        values.add(receiveNs);
        values.add(sequence);
        add("asset_context", values.toArray());
    }

    /** A day's row when it is the first, or differs from the last; a correction could be used from its receipt on. */
    @Override
    public void onSentiment(SentimentReading reading, long sequence) {
        SentimentReading before = told.put(reading.dayMs(), reading);
        if (before != null && before.isLike(reading)) {
            return;
        }
        long endOfDayNs = (reading.dayMs() + 86_400_000) * 1_000_000;
        long usableNs = before == null && reading.receiveNs() > endOfDayNs ? endOfDayNs : reading.receiveNs();
        add(
                "fear_greed",
                reading.dayMs() * 1_000,
                reading.value(),
                reading.classification(),
                usableNs / 1_000,
                reading.receiveNs(),
                sequence);
    }

    @Override
    public boolean takesSentimentHistory() {
        return true;
    }

    @Override
    public void onInstrument(Instrument instrument, String formerName, long receiveNs, long sequence) {
        add(
                "instruments",
                instrument.name(),
                micros(receiveNs),
                instrument.sizeDecimals(),
                instrument.spot(),
                instrument.delisted(),
                receiveNs,
                sequence,
                instrument.index(),
                instrument.maxLeverage(),
                instrument.isolatedOnly(),
                formerName);
    }

    @Override
    public void onGap(Gap gap, long receiveNs, long sequence) {
        add(
                "feed_gaps",
                gap.symbol(),
                gap.fromMs() * 1000,
                gap.toMs() * 1000,
                gap.stream(),
                gap.cause(),
                gap.evidence().label(),
                gap.repaired(),
                sequence);
    }

    @Override
    public void onEmitted(Bar bar, long sequence) {
        String key = line(bar.symbolName, bar.timeframe, bar.basis.label(), "own", bar.startMs * 1000);
        boolean trades = bar.basis == Basis.TRADE;
        String row = line(
                price(bar.open),
                price(bar.high),
                price(bar.low),
                price(bar.close),
                trades ? bar.volume.decimal(8) : null,
                trades ? bar.quoteVolume.decimal(16) : null,
                trades && bar.volume.decimal(8).signum() > 0
                        ? bar.quoteVolume.decimal(16).divide(bar.volume.decimal(8), new MathContext(50))
                        : null,
                trades ? bar.buyVolume.decimal(8) : null,
                trades ? bar.count : null,
                trades ? null : bar.count,
                bar.isEmpty() ? null : bar.firstTimeMs * 1000,
                bar.isEmpty() ? null : bar.lastTimeMs * 1000,
                bar.complete,
                false,
                bar.revision,
                micros(bar.knownAtNs),
                sequence);
        if (bar.timeframe.label().equals("1s")) {
            rows.computeIfAbsent("ohlcv_1s", table -> new ArrayList<>()).add(key + "|" + row);
        } else {
            revisions.computeIfAbsent(key, bars -> new ArrayList<>()).add(row);
        }
    }
}
