package dev.millrace.pipeline;

import dev.millrace.bars.BarAggregator;
import dev.millrace.books.Books;
import dev.millrace.codec.hyperliquid.HyperliquidDecoder;
import dev.millrace.config.ResultConfig;
import dev.millrace.freshness.Freshness;
import dev.millrace.market.Basis;
import dev.millrace.market.BookView;
import dev.millrace.market.Channel;
import dev.millrace.market.DecodedFrame;
import dev.millrace.market.Gap;
import dev.millrace.market.Instrument;
import dev.millrace.market.Instruments;
import dev.millrace.market.Lifecycle;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.Source;
import dev.millrace.market.StatePart;
import dev.millrace.market.SymbolTable;
import dev.millrace.market.Trade;
import dev.millrace.metrics.Counter;
import dev.millrace.order.Absences;
import dev.millrace.order.Coverage;
import dev.millrace.order.GapRepairs;
import dev.millrace.order.LiveStreams;
import dev.millrace.order.TradeWindows;
import dev.millrace.order.VenueClock;
import dev.millrace.order.VenueCounts;
import java.util.List;

/**
 * The parts that a session's settings shape, built at the first header and set anew at each later one: what a record goes
 * through, and what a connection's end or the passing of time means to each. Market thread.
 */
final class Stages implements Freshness.Listener {

    final VenueClock clock;
    final VenueCounts counts;
    final GapRepairs repairs;
    final Coverage coverage;
    final BarAggregator bars;
    final Spikes spikes;
    final TradeStage trades;
    final HoldBack holdBack;
    final BookStage books;
    final BookCoverage bookCoverage;
    final Absences absences;
    final RefusedTrades refused;
    final Freshness freshness;
    final HeldMids mids = new HeldMids();
    final Books heldBooks = new Books();
    final LiveStreams live;
    final OpenConnections connections = new OpenConnections();
    final FrameStage frames;
    /** Everything that remembers, in the order of its sections. */
    final List<StatePart> parts;

    private final Outputs out;
    private final Counter largeSteps;
    private long largeStepsSeen;
    private long receiveNs;

    Stages(
            ResultConfig results,
            SymbolTable symbols,
            Instruments instruments,
            HyperliquidDecoder decoder,
            DecodedFrame frame,
            Outputs out) {
        this.out = out;
        largeSteps =
                out.counters.counter("clock.large-steps", "Steps of receive time too large to carry the venue's clock");
        live = new LiveStreams(out.counters);
        clock = new VenueClock(results.clock());
        counts = new VenueCounts(this::onGap);
        repairs = new GapRepairs(
                results.bars(), clock, counts, symbols::id, coin -> isListed(instruments.of(coin)), out::report);
        coverage = new Coverage(results, clock, symbols::name, counts, this::coverageChanged);
        bars = new BarAggregator(results.bars(), symbols::name, coverage, out.bars, out.counters);
        TradeWindows windows = new TradeWindows(results.order(), results.bars().revisionWindow());
        spikes = new Spikes(symbols, out.counters);
        trades = new TradeStage(symbols, windows, coverage, counts, bars, this::tell, out.arrivals, out.counters);
        refused = new RefusedTrades(
                clock,
                coverage,
                trades::newestMs,
                results.bars().revisionWindow().toMillis());
        absences = new Absences(symbols::name, out::report);
        freshness = new Freshness(results.freshness(), symbols::name, this, out.counters);
        bookCoverage = new BookCoverage(clock, coverage, freshness, absences, bars, heldBooks);
        books = new BookStage(
                symbols, heldBooks, bookCoverage, bars, out.strategies, out.ticks, out.arrivals, out.counters);
        books.configure(results.bars().bases().contains(Basis.MID));
        frames = new FrameStage(this, symbols, frame, out);
        holdBack = new HoldBack(decoder, frame, clock, bars, trades, frames::applyTimed, out.counters);
        parts = List.of(
                connections,
                live,
                heldBooks,
                mids,
                clock,
                holdBack,
                windows,
                coverage,
                counts,
                bars,
                absences,
                freshness,
                repairs,
                spikes);
    }

    private void tell(Trade trade) {
        spikes.onTrade(trade);
        out.tell(trade);
    }

    private void onGap(Gap gap, long atNs) {
        repairs.onGap(gap, atNs);
    }

    /** The venue's metadata may never have been read. */
    private static boolean isListed(Instrument instrument) {
        return instrument == null || !instrument.delisted();
    }

    void configure(ResultConfig results) {
        clock.configure(results.clock());
        coverage.configure(results);
        repairs.configure(results.bars());
        trades.configure(results.order(), results.bars().revisionWindow());
        refused.configure(results.bars().revisionWindow().toMillis());
        bars.reconfigure(results.bars(), clock.nowMs());
        books.configure(results.bars().bases().contains(Basis.MID));
        freshness.configure(results.freshness());
    }

    /** A session begins: whatever the one before had open has ended. */
    void onSession(long atNs) {
        receiveNs = atNs;
        coverage.onSession(receiveNs);
        holdBack.onSession();
        heldBooks.onSession();
        live.onSession();
        freshness.onSession();
    }

    /** The first of every record. */
    void beginRecord(MarketEvent event) {
        receiveNs = event.receiveNs();
    }

    void onLifecycle(MarketEvent event) {
        Lifecycle what = Lifecycle.of(event.bytes(), event.length());
        int connection = Source.connection(event.source());
        connections.onLifecycle(what, event);
        if (what == Lifecycle.CONNECTED) {
            coverage.onConnected(connection, event.receiveNs());
            freshness.onConnected(connection);
        } else if (what == Lifecycle.LOST) {
            coverage.onLost(connection, event.receiveNs());
            holdBack.onLost(connection);
            heldBooks.onLost(connection);
            live.onLost(connection);
            freshness.onLost(connection);
        }
    }

    /** The last of every record: time passes, and with it bars end and streams fall silent. */
    void finishRecord() {
        long before = clock.nowMs();
        clock.onRecord(receiveNs);
        if (clock.largeSteps() != largeStepsSeen) {
            largeSteps.add(clock.largeSteps() - largeStepsSeen);
            largeStepsSeen = clock.largeSteps();
        }
        freshness.onRecord(receiveNs);
        coverage.onRecord(receiveNs);
        absences.onRecord(clock.nowMs(), receiveNs);
        repairs.onRecord(receiveNs);
        bars.onClock(clock.nowMs(), receiveNs);
        if (clock.nowMs() != before) {
            out.strategies.onClock(clock.nowMs());
        }
    }

    @Override
    public void onMuteTrades(int symbol, int connection) {
        coverage.onTradesMute(symbol, connection, receiveNs, trades.newestMs(symbol));
    }

    @Override
    public void onMuteBook(int symbol, BookView view, int connection) {
        bookCoverage.onMute(symbol, view, connection, receiveNs);
    }

    @Override
    public void onGatedBook(int symbol, BookView view, int connection) {
        bookCoverage.onGated(symbol, view, connection, receiveNs);
    }

    @Override
    public void onGated(int symbol, Channel channel, int connection) {
        long nowMs = clock.nowMs();
        switch (channel) {
            case TRADES, ALL_MIDS -> {
                // Each frame of trades that is not applied breaks their coverage, which says so; mids are no one
                // coin's.
            }
            default -> {
                if (nowMs != VenueClock.UNSET) {
                    absences.onUndecodable(symbol, channel, nowMs, nowMs + 1, receiveNs);
                }
            }
        }
    }

    private void coverageChanged(int symbol, Basis basis) {
        bars.onCoverageChanged(symbol, basis);
    }
}
