package dev.millrace.pipeline;

import dev.millrace.bars.BarAggregator;
import dev.millrace.books.Books;
import dev.millrace.codec.hyperliquid.HyperliquidDecoder;
import dev.millrace.config.ResultConfig;
import dev.millrace.config.SessionHeader;
import dev.millrace.market.Bar;
import dev.millrace.market.Basis;
import dev.millrace.market.BookFrame;
import dev.millrace.market.BookView;
import dev.millrace.market.DecodedFrame;
import dev.millrace.market.EmittedBarSink;
import dev.millrace.market.Gap;
import dev.millrace.market.GapSink;
import dev.millrace.market.Instruments;
import dev.millrace.market.Lifecycle;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import dev.millrace.market.Source;
import dev.millrace.market.StateException;
import dev.millrace.market.StatePart;
import dev.millrace.market.StateReader;
import dev.millrace.market.StateSource;
import dev.millrace.market.StateWriter;
import dev.millrace.market.SubscriptionAck;
import dev.millrace.market.SymbolTable;
import dev.millrace.market.TickSink;
import dev.millrace.market.Trade;
import dev.millrace.market.UniverseDecision;
import dev.millrace.metrics.Counter;
import dev.millrace.metrics.Counters;
import dev.millrace.order.Coverage;
import dev.millrace.order.LiveStreams;
import dev.millrace.order.TradeWindows;
import dev.millrace.order.VenueClock;
import dev.millrace.order.VenueCounts;
import dev.millrace.strategy.MarketView;
import dev.millrace.strategy.StrategyHost;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A pure function of the journal: takes its records in order and gives trades, books, bars and gaps to the strategies. The
 * same object serves capture, store and replay; they differ in where the records come from.
 *
 * <p>Within one record: decode, all its trades in array order, then the clock, then coverage, then bars. The settings
 * come from the last session header passed. One thread; allocates nothing for known symbols.
 *
 * <p>What it remembers between two records is the sum of its {@link StatePart}s. A market that took up the state of
 * another goes on as that one would have.
 */
public final class Market implements MarketView, StateSource {

    /** Raised when the logic of bars, order or gaps changes a result; stands in every session header. */
    public static final int SEMANTICS_VERSION = 4;

    /** What was skipped may hold trades from before the clock's time: receive time may have carried it this far. */
    private static final long SKIPPED_MARGIN_MS = 5_000;

    private final SymbolTable symbols = new SymbolTable();
    private final Instruments instruments = new Instruments(symbols);
    private final DecodedFrame frame = new DecodedFrame();
    private final HyperliquidDecoder decoder;
    private final MetadataRecords metadata;
    private final UniverseRecords universe;
    private final StrategyHost strategies;
    private final LeavingBars leavingBars;
    private final GapSink gapSink;
    private final TickSink ticks;
    private final Counters counters;
    private final Counter largeSteps;
    private final Counter gaps;

    private final CurrentSession session = new CurrentSession();
    private final OpenConnections connections = new OpenConnections();
    private final Books books = new Books();
    private final HeldMids mids = new HeldMids();
    private final LiveStreams live;
    private final Arrivals arrivals;
    private VenueClock clock;
    private HoldBack holdBack;
    private Coverage coverage;
    private VenueCounts counts;
    private BarAggregator bars;
    private TradeStage trades;
    private BookStage bookStage;
    private RefusedTrades refusedTrades;
    private List<StatePart> parts = List.of();
    private long largeStepsSeen;
    private long sequence;
    private long receiveNs;

    /**
     * @param strategies everything that leaves the market, bars included
     * @param gapSink where derived gaps are recorded besides
     */
    public Market(StrategyHost strategies, GapSink gapSink, Counters counters) {
        this(strategies, gapSink, EmittedBarSink.NONE, TickSink.NONE, counters);
    }

    /**
     * @param strategies everything that leaves the market, bars included
     * @param gapSink where derived gaps are recorded besides
     * @param barLog where bars are recorded besides
     * @param ticks where trades, tops of books, mids and contexts are recorded besides
     */
    public Market(StrategyHost strategies, GapSink gapSink, EmittedBarSink barLog, TickSink ticks, Counters counters) {
        this.strategies = strategies;
        this.ticks = ticks;
        leavingBars = new LeavingBars(barLog, strategies);
        this.gapSink = gapSink;
        this.counters = counters;
        live = new LiveStreams(counters);
        arrivals = new Arrivals(counters);
        decoder = new HyperliquidDecoder(symbols, instruments, counters);
        metadata = new MetadataRecords(instruments, ticks, counters);
        universe = new UniverseRecords(ticks, counters);
        largeSteps =
                counters.counter("clock.large-steps", "Steps of receive time too large to carry the venue's clock");
        gaps = counters.counter("order.gaps", "Gap reports");
    }

    /** Applies one record of the journal. */
    public void onEvent(MarketEvent event) {
        leavingBars.onRecord(event.sequence());
        switch (event.kind()) {
            case GAP -> {
                return;
            }
            case SESSION -> onSession(event);
            case FRAME -> onFrame(event);
            case LIFECYCLE -> onLifecycle(event);
            case REST -> metadata.onRest(event);
            case UNIVERSE -> universe.onDecision(event);
            case CLOCK, SENTIMENT, ARCHIVE -> {
                // They carry nothing but their receive time here.
            }
        }
        finishRecord(event);
        sequence = event.sequence();
        receiveNs = event.receiveNs();
        if (isStop(event)) {
            // Last of all: a bar that closed with this record is still told to the session it belongs to.
            strategies.onStop();
        }
    }

    private static boolean isStop(MarketEvent event) {
        return event.kind() == RecordKind.LIFECYCLE
                && Lifecycle.of(event.bytes(), event.length()) == Lifecycle.STOPPING;
    }

    private void finishRecord(MarketEvent event) {
        long receiveNs = event.receiveNs();
        long before = clock.nowMs();
        clock.onRecord(receiveNs);
        if (clock.largeSteps() != largeStepsSeen) {
            largeSteps.add(clock.largeSteps() - largeStepsSeen);
            largeStepsSeen = clock.largeSteps();
        }
        coverage.onRecord(receiveNs);
        bars.onClock(clock.nowMs(), receiveNs);
        if (clock.nowMs() != before) {
            strategies.onClock(clock.nowMs());
        }
    }

    private void onFrame(MarketEvent event) {
        decoder.decode(event.bytes(), event.length(), frame);
        if (!frame.hasExchangeTime()) {
            apply(event);
        } else {
            holdBack.onFrame(event);
        }
        coverage.onFrame(Source.connection(event.source()), event.receiveNs());
        holdBack.giveUpRefused(refusedTrades);
    }

    private void applyTimed(MarketEvent event) {
        apply(event);
        long timeMs = frame.maxExchangeTimeMs();
        clock.onExchangeTime(timeMs, event.receiveNs());
        coverage.onExchangeTime(Source.connection(event.source()), event.receiveNs(), timeMs);
    }

    private void apply(MarketEvent event) {
        live.onFrame(frame, Source.connection(event.source()));
        switch (frame.channel) {
            case TRADES -> {
                trades.apply(frame, event, clock.nowMs());
                if (frame.refused > 0) {
                    refusedTrades.onFrame(frame, event);
                }
            }
            case NOT_A_MESSAGE -> refusedTrades.onFrame(frame, event);
            case L2_BOOK -> {
                BookView view = frame.book.fast ? BookView.FAST : BookView.SLOW;
                bookStage.apply(frame.book, view, event, leavingBars.record(), clock.nowMs());
            }
            case BBO -> bookStage.apply(frame.bbo, BookView.BBO, event, leavingBars.record(), clock.nowMs());
            case CANDLE -> applyCandle(event);
            case ACK -> applyAck(frame.ack, event);
            case ALL_MIDS -> tellMids(event);
            case ASSET_CONTEXT, SPOT_ASSET_CONTEXT -> tellContext(event);
            default -> {
                // Counted by the codec.
            }
        }
    }

    private void tellTrade(Trade trade) {
        ticks.onTrade(trade, leavingBars.record());
        strategies.onTrade(trade);
    }

    private void tellMids(MarketEvent event) {
        for (int i = 0; i < frame.mids.count; i++) {
            int symbol = frame.mids.symbol[i];
            long price = frame.mids.price[i];
            if (mids.moves(symbol, price)) {
                ticks.onMid(symbols.name(symbol), price, event.receiveNs(), event.sequence());
            }
        }
    }

    private void tellContext(MarketEvent event) {
        if (frame.context.valid) {
            String symbol = symbols.name(frame.context.symbol);
            ticks.onContext(symbol, frame.context, event.receiveNs(), event.sequence());
        }
    }

    private void applyCandle(MarketEvent event) {
        if (frame.candle.valid) {
            int symbol = frame.candle.symbol;
            counts.onCandle(frame.candle, symbols.name(symbol), coverage.firstCoveredMs(symbol), event.receiveNs());
        }
    }

    private void applyAck(SubscriptionAck ack, MarketEvent event) {
        if (!ack.valid || ack.symbol < 0) {
            return;
        }
        int connection = Source.connection(event.source());
        switch (ack.channel) {
            case TRADES -> trades.onAck(ack.symbol, ack.subscribe, connection, event.receiveNs());
            default -> {
                // Books are whole in every frame: their coverage starts with the first one.
            }
        }
    }

    private void onLifecycle(MarketEvent event) {
        Lifecycle what = Lifecycle.of(event.bytes(), event.length());
        int connection = Source.connection(event.source());
        connections.onLifecycle(what, event);
        if (what == Lifecycle.CONNECTED) {
            coverage.onConnected(connection, event.receiveNs());
        } else if (what == Lifecycle.LOST) {
            coverage.onLost(connection, event.receiveNs());
            holdBack.onLost(connection);
            books.onLost(connection);
            live.onLost(connection);
        }
    }

    private void onSession(MarketEvent event) {
        SessionHeader header = session.begin(event);
        if (bars == null) {
            build(header.results());
        } else {
            configure(header.results());
        }
        coverage.onSession(event.receiveNs());
        holdBack.onSession();
        books.onSession();
        live.onSession();
        strategies.onStart(this);
    }

    private void build(ResultConfig results) {
        clock = new VenueClock(results.clock());
        counts = new VenueCounts(this::reportGap);
        coverage = new Coverage(results, clock, symbols::name, counts, this::coverageChanged);
        bars = new BarAggregator(results.bars(), symbols::name, coverage, leavingBars, counters);
        TradeWindows windows = new TradeWindows(results.order(), results.bars().revisionWindow());
        refusedTrades = new RefusedTrades(
                clock, coverage, results.bars().revisionWindow().toMillis());
        trades = new TradeStage(symbols, windows, coverage, counts, bars, this::tellTrade, arrivals, counters);
        holdBack = new HoldBack(decoder, frame, clock, bars, trades, this::applyTimed, counters);
        bookStage = new BookStage(symbols, books, coverage, bars, strategies, ticks, arrivals, counters);
        bookStage.configure(results.bars().bases().contains(Basis.MID));
        parts = List.of(connections, live, books, mids, clock, holdBack, windows, coverage, counts, bars);
    }

    private void configure(ResultConfig results) {
        clock.configure(results.clock());
        coverage.configure(results);
        trades.configure(results.order(), results.bars().revisionWindow());
        refusedTrades.configure(results.bars().revisionWindow().toMillis());
        bars.reconfigure(results.bars(), clock.nowMs());
        bookStage.configure(results.bars().bases().contains(Basis.MID));
    }

    /** The last decision about the universe; {@link UniverseDecision#NONE} before the first. Its own thread, or none. */
    public UniverseDecision universe() {
        return universe.last();
    }

    /** How far apart the copies of what comes over two connections arrive. */
    Arrivals arrivals() {
        return arrivals;
    }

    /** Whether it has passed a session header; before that there is nothing to remember. */
    public boolean isBegun() {
        return session.isBegun();
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public long receiveNs() {
        return receiveNs;
    }

    /** Sources of the connections that were open at the last record; those of a killed session stay until they are lost. */
    public long[] openConnections() {
        return connections.sources();
    }

    @Override
    public void writeTo(StateWriter out) {
        out.section(session);
        out.section(symbols);
        out.section(instruments);
        out.section(universe);
        for (int i = 0; i < parts.size(); i++) {
            out.section(parts.get(i));
        }
    }

    /**
     * Takes up the state of another market; this one has seen no record yet. When it throws, this market is of no use.
     *
     * @param atSequence of the last record applied to the other
     * @param atReceiveNs its receive time
     * @throws StateException when this cannot be a market's state, saying why
     */
    public void readFrom(StateReader in, long atSequence, long atReceiveNs) {
        if (isBegun() || symbols.size() > 0) {
            throw new IllegalStateException("this market has its own state already");
        }
        in.section(session);
        in.section(symbols);
        in.section(instruments);
        in.section(universe);
        try {
            build(session.header().results());
        } catch (IllegalArgumentException e) {
            throw new StateException(e.getMessage(), e);
        }
        parts.forEach(in::section);
        in.requireEnd();
        sequence = atSequence;
        receiveNs = atReceiveNs;
    }

    /**
     * Between this venue time and now records were skipped that cannot be read: no trade stream is proven there.
     *
     * @param sinceMs {@link #venueTimeMs} before the first of them
     */
    public void onSkipped(long sinceMs, long receiveNs) {
        for (int symbol = 0; sinceMs != VenueClock.UNSET && symbol < symbols.size(); symbol++) {
            coverage.onUnreadable(symbol, receiveNs, sinceMs - SKIPPED_MARGIN_MS, clock.nowMs() + 1);
        }
    }

    /** How far it has come, by coin (cold). Market thread, between two records. */
    MarketPosition position() {
        List<MarketPosition.Coin> coins = new ArrayList<>();
        for (int symbol = 0; isBegun() && symbol < symbols.size(); symbol++) {
            String name = symbols.name(symbol);
            MarketPosition.Coin coin = new MarketPosition.Coin(
                    name,
                    coverage.isLive(symbol),
                    trades.newestMs(symbol),
                    trades.floorMs(symbol),
                    timeMs(slowBook(symbol)),
                    timeMs(fastBook(symbol)),
                    timeMs(bbo(symbol)));
            if (!coin.equals(MarketPosition.Coin.unseen(name))) {
                coins.add(coin);
            }
        }
        return new MarketPosition(sequence, receiveNs, coins);
    }

    private static long timeMs(BookFrame book) {
        return book == null ? MarketPosition.NONE : book.timeMs;
    }

    /** The greatest exchange time accepted, ms; Long.MIN_VALUE before the first. */
    public long exchangeTimeMs() {
        return clock == null ? VenueClock.UNSET : clock.exchangeMs();
    }

    private void coverageChanged(int symbol, Basis basis) {
        bars.onCoverageChanged(symbol, basis);
    }

    private void reportGap(Gap gap, long receiveNs) {
        gaps.increment();
        gapSink.onGap(gap, receiveNs);
        ticks.onGap(gap, receiveNs, leavingBars.record());
        strategies.onGap(gap);
    }

    @Override
    public long venueTimeMs() {
        return clock == null ? VenueClock.UNSET : clock.nowMs();
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
        return books.get(BookView.SLOW, symbol);
    }

    @Override
    public BookFrame fastBook(int symbol) {
        return books.get(BookView.FAST, symbol);
    }

    @Override
    public BookFrame bbo(int symbol) {
        return books.get(BookView.BBO, symbol);
    }

    @Override
    public void forEachOpenBar(Consumer<Bar> consumer) {
        if (bars != null) {
            bars.forEachOpen(consumer);
        }
    }

    @Override
    public void forEachClosedBar(int perSeries, Consumer<Bar> consumer) {
        if (bars != null) {
            bars.forEachLastClosed(perSeries, consumer);
        }
    }
}
