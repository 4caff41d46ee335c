package dev.millrace.replay;

import dev.millrace.codec.hyperliquid.HyperliquidDecoder;
import dev.millrace.config.ResultConfig;
import dev.millrace.journal.JournalDamagedException;
import dev.millrace.journal.JournalReader;
import dev.millrace.market.BookFrame;
import dev.millrace.market.DecodedFrame;
import dev.millrace.market.Instruments;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import dev.millrace.market.Source;
import dev.millrace.market.SymbolTable;
import dev.millrace.market.TradeBatch;
import dev.millrace.metrics.Counters;
import dev.millrace.order.TradeWindows;
import dev.millrace.quality.DayStreams;
import dev.millrace.quality.StreamCounts;
import dev.millrace.quality.StreamCounts.Clocked;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.collections.LongHashSet;

/**
 * Reads a day's records once and counts what no row tells: trades that came twice, how late frames are by the local clock, how
 * often they come. Pure of the records, so that the same journal tells the same. Damaged records are passed over. One thread,
 * interrupted between two records.
 *
 * <p>A frame tells of the clocks when it is news: its newest trade came for the first time, and not with the first frame of its
 * connection, which is the past; a book, or a best bid and offer, is later than the one before.
 */
public final class JournalStreams {

    private static final long DAY_MS = TimeUnit.DAYS.toMillis(1);
    private static final long UNKNOWN = Long.MIN_VALUE;
    private static final int SYMBOL_BITS = 32;

    private final long fromMs;
    private final long toMs;
    private final long endMs;
    private final SymbolTable symbols = new SymbolTable();
    private final HyperliquidDecoder decoder =
            new HyperliquidDecoder(symbols, new Instruments(symbols), new Counters());
    private final DecodedFrame frame = new DecodedFrame();
    private final TradeWindows windows;
    private final StreamCounts counts = new StreamCounts();
    /** Connections and symbols that have given their first trades. */
    private final LongHashSet begun = new LongHashSet();
    /** Exchange time of the newest book, by view and symbol. */
    private final Long2LongHashMap newestMs = new Long2LongHashMap(UNKNOWN);
    /** When the last frame came, by stream and symbol. */
    private final Long2LongHashMap cameMs = new Long2LongHashMap(UNKNOWN);

    private long damaged;

    private JournalStreams(LocalDate date, ResultConfig results) {
        fromMs = date.toEpochDay() * DAY_MS;
        toMs = fromMs + DAY_MS;
        endMs = toMs + results.bars().revisionWindow().toMillis();
        windows = new TradeWindows(results.order(), results.bars().revisionWindow());
    }

    /**
     * Reads from a record to where both clocks are past the day and {@code bars.revision-window} behind it, or to the end.
     *
     * @param from no earlier record brought a trade of the day
     * @return by symbol
     * @throws InterruptedIOException when the thread was interrupted
     * @throws dev.millrace.journal.JournalException when the journal cannot be read
     */
    public static Map<String, DayStreams> read(Path journal, LocalDate date, long from, ResultConfig results)
            throws InterruptedIOException {
        JournalStreams day = new JournalStreams(date, results);
        MarketEvent event = new MarketEvent(0);
        try (JournalReader reader = JournalReader.open(journal)) {
            reader.seekSequence(from);
            boolean more = true;
            while (more) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new InterruptedIOException("interrupted while it read the journal of " + date);
                }
                more = day.next(reader, event);
            }
        }
        return day.counts.build(day.symbols::name);
    }

    /** Damage is told by whoever replays or verifies the journal; the reader goes on behind it where it leaves its place known. */
    private boolean next(JournalReader reader, MarketEvent event) {
        try {
            return reader.read(event) && apply(event);
        } catch (JournalDamagedException e) {
            boolean again = e.sequence() == damaged;
            damaged = e.sequence();
            return !again || reader.seekBehindDamage();
        }
    }

    /** False once the day is over. */
    private boolean apply(MarketEvent event) {
        if (event.kind() != RecordKind.FRAME) {
            return true;
        }
        decoder.decode(event.bytes(), event.length(), frame);
        long receivedMs = Math.floorDiv(event.receiveNs(), 1_000_000L);
        switch (frame.channel) {
            case TRADES -> onTrades(frame.trades, Source.connection(event.source()), receivedMs);
            case L2_BOOK -> {
                if (isNews(frame.book, frame.book.fast ? 1 : 0, receivedMs)) {
                    onClocked(frame.book.symbol, frame.book.fast ? Clocked.L2_BOOK_FAST : Clocked.L2_BOOK, receivedMs);
                }
            }
            case BBO -> isNews(frame.bbo, 2, receivedMs);
            case ASSET_CONTEXT, SPOT_ASSET_CONTEXT -> {
                if (frame.context.valid && isOfDay(receivedMs)) {
                    onClocked(frame.context.symbol, Clocked.CONTEXT, receivedMs);
                }
            }
            default -> {
                // Nothing of one symbol that comes at a cadence, or tells the exchange's time.
            }
        }
        return receivedMs < endMs || !frame.hasExchangeTime() || frame.maxExchangeTimeMs() < endMs;
    }

    private void onTrades(TradeBatch trades, int connection, long receivedMs) {
        int newest = -1;
        for (int i = 0; i < trades.count; i++) {
            TradeWindows.Verdict verdict = windows.offer(trades.symbol[i], trades.timeMs[i], trades.tid[i], receivedMs);
            if (verdict == TradeWindows.Verdict.DUPLICATE && isOfDay(trades.timeMs[i])) {
                counts.duplicate(trades.symbol[i]);
            } else if (verdict == TradeWindows.Verdict.NEW
                    && (newest < 0 || trades.timeMs[i] > trades.timeMs[newest])) {
                newest = i;
            }
        }
        boolean first = trades.count > 0 && begun.add(key(connection, trades.symbol[0]));
        if (!first && newest >= 0 && trades.timeMs[newest] == trades.maxTimeMs()) {
            onExchangeTime(trades.symbol[newest], trades.timeMs[newest], receivedMs);
        }
    }

    private boolean isNews(BookFrame book, int view, long receivedMs) {
        if (!book.valid) {
            return false;
        }
        long key = key(view, book.symbol);
        long before = newestMs.get(key);
        if (book.timeMs <= before) {
            return false;
        }
        newestMs.put(key, book.timeMs);
        if (before != UNKNOWN) {
            onExchangeTime(book.symbol, book.timeMs, receivedMs);
        }
        return isOfDay(book.timeMs);
    }

    private void onExchangeTime(int symbol, long timeMs, long receivedMs) {
        if (isOfDay(timeMs)) {
            counts.offset(symbol, receivedMs - timeMs);
        }
    }

    private void onClocked(int symbol, Clocked stream, long receivedMs) {
        long before = cameMs.put(key(stream.ordinal(), symbol), receivedMs);
        if (before != UNKNOWN) {
            counts.interval(symbol, stream, receivedMs - before);
        }
    }

    private boolean isOfDay(long ms) {
        return fromMs <= ms && ms < toMs;
    }

    private static long key(int of, int symbol) {
        return (long) of << SYMBOL_BITS | symbol;
    }
}
