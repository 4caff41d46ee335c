package dev.millrace.pipeline;

import dev.millrace.codec.hyperliquid.HyperliquidDecoder;
import dev.millrace.config.ResultConfig;
import dev.millrace.config.SessionHeader;
import dev.millrace.freshness.FreshnessReport;
import dev.millrace.market.CandleRead;
import dev.millrace.market.DecodedFrame;
import dev.millrace.market.EmittedBarSink;
import dev.millrace.market.FeedControl;
import dev.millrace.market.GapSink;
import dev.millrace.market.Instruments;
import dev.millrace.market.Lifecycle;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import dev.millrace.market.StateException;
import dev.millrace.market.StatePart;
import dev.millrace.market.StateReader;
import dev.millrace.market.StateSource;
import dev.millrace.market.StateWriter;
import dev.millrace.market.SymbolTable;
import dev.millrace.market.TickSink;
import dev.millrace.market.Timeframe;
import dev.millrace.market.UniverseDecision;
import dev.millrace.metrics.Counters;
import dev.millrace.order.VenueClock;
import dev.millrace.strategy.MarketView;
import dev.millrace.strategy.StrategyHost;
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
public final class Market implements StateSource {

    /** Raised when the logic of bars, order or gaps changes a result; stands in every session header. */
    public static final int SEMANTICS_VERSION = 8;

    /** What was skipped may hold trades from before the clock's time: receive time may have carried it this far. */
    private static final long SKIPPED_MARGIN_MS = 5_000;

    private final SymbolTable symbols = new SymbolTable();
    private final Instruments instruments = new Instruments(symbols);
    private final DecodedFrame frame = new DecodedFrame();
    private final HyperliquidDecoder decoder;
    private final MetadataRecords metadata;
    private final SentimentRecords sentiment;
    private final UniverseRecords universe;
    private final CurrentMarket view;
    private final StrategyHost strategies;
    private final LeavingBars leavingBars;
    private final Outputs out;
    private final CurrentSession session = new CurrentSession();
    /** Null before the first session. */
    private volatile Stages stages;

    private FeedControl control = FeedControl.NONE;
    private Consumer<String> notes = note -> {};
    private List<Timeframe> besides = List.of();
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
        leavingBars = new LeavingBars(barLog, strategies);
        out = new Outputs(strategies, leavingBars, ticks, gapSink, counters);
        decoder = new HyperliquidDecoder(symbols, instruments, counters);
        HistoryRecords history = new HistoryRecords(() -> stages, ticks, counters);
        metadata = new MetadataRecords(instruments, history::onHistory, ticks, counters);
        sentiment = new SentimentRecords(strategies, ticks, counters);
        universe = new UniverseRecords(ticks, counters);
        view = new CurrentMarket(symbols, sentiment);
    }

    /**
     * Who acts on what is found of the subscriptions; without this nobody does. Before the first record.
     *
     * @param newNotes told one sentence a finding, on the market thread
     */
    public void steer(FeedControl newControl, Consumer<String> newNotes) {
        control = newControl;
        notes = newNotes;
        if (stages != null) {
            stages.freshness.steer(control, notes);
        }
    }

    /** How the subscriptions stand. Any thread. */
    public FreshnessReport freshness() {
        Stages built = stages;
        return built == null ? FreshnessReport.NOTHING : built.freshness.report();
    }

    /** Candles that would tell more of gaps and can be asked for now. Any thread. */
    List<CandleRead> candlesDue() {
        Stages built = stages;
        return built == null ? List.of() : built.repairs.due();
    }

    /**
     * Makes bars of these timeframes too, besides those that the journal's headers name: from the first record on, or from
     * the state that is taken up, where each begins with the bucket that the clock is in. Before the first record.
     */
    public Market besides(List<Timeframe> timeframes) {
        besides = List.copyOf(timeframes);
        return this;
    }

    /** Applies one record of the journal. */
    public void onEvent(MarketEvent event) {
        leavingBars.onRecord(event.sequence());
        if (stages != null) {
            stages.beginRecord(event);
        }
        switch (event.kind()) {
            case GAP -> {
                return;
            }
            case SESSION -> onSession(event);
            case FRAME -> {
                decoder.decode(event.bytes(), event.length(), frame);
                stages.frames.onFrame(event);
            }
            case LIFECYCLE -> stages.onLifecycle(event);
            case REST -> metadata.onRest(event);
            case SENTIMENT -> sentiment.onSentiment(event);
            case UNIVERSE -> universe.onDecision(event);
            case CLOCK, ARCHIVE -> {
                // They carry nothing but their receive time here.
            }
        }
        stages.finishRecord();
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

    private void onSession(MarketEvent event) {
        SessionHeader header = session.begin(event);
        if (stages == null) {
            build(withBesides(header.results()));
        } else {
            stages.configure(withBesides(header.results()));
        }
        stages.onSession(event.receiveNs());
        strategies.onStart(view);
    }

    private ResultConfig withBesides(ResultConfig named) {
        return besides.isEmpty()
                ? named
                : new ResultConfig(named.order(), named.clock(), named.bars().besides(besides), named.freshness());
    }

    private void build(ResultConfig results) {
        Stages built = new Stages(results, symbols, instruments, decoder, frame, out);
        built.freshness.steer(control, notes);
        view.begin(built);
        stages = built;
    }

    /** The last decision about the universe; {@link UniverseDecision#NONE} before the first. Its own thread, or none. */
    public UniverseDecision universe() {
        return universe.last();
    }

    /** How far apart the copies of what comes over two connections arrive. */
    Arrivals arrivals() {
        return out.arrivals;
    }

    /** Whether it has passed a session header; before that there is nothing to remember. */
    public boolean isBegun() {
        return session.isBegun();
    }

    /** Tells the sink of ticks the instruments that are known, as of the last record: its tables begin here. */
    public void tellInstruments() {
        metadata.tellKnown(receiveNs(), sequence());
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
        return stages == null ? new long[0] : stages.connections.sources();
    }

    @Override
    public void writeTo(StateWriter into) {
        into.section(session);
        into.section(symbols);
        into.section(instruments);
        into.section(sentiment);
        into.section(universe);
        for (int i = 0; stages != null && i < stages.parts.size(); i++) {
            into.section(stages.parts.get(i));
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
        in.section(sentiment);
        in.section(universe);
        try {
            build(session.header().results());
        } catch (IllegalArgumentException e) {
            throw new StateException(e.getMessage(), e);
        }
        stages.parts.forEach(in::section);
        in.requireEnd();
        if (!besides.isEmpty()) { // the state is that of the header's timeframes
            stages.bars.reconfigure(withBesides(session.header().results()).bars(), stages.clock.nowMs());
        }
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
            stages.coverage.onUnreadable(symbol, receiveNs, sinceMs - SKIPPED_MARGIN_MS, stages.clock.nowMs() + 1);
        }
    }

    /** How far it has come, by coin (cold). Market thread, between two records. */
    MarketPosition position() {
        return new MarketPosition(sequence, receiveNs, view.positions());
    }

    /** The greatest exchange time accepted, ms; Long.MIN_VALUE before the first. */
    public long exchangeTimeMs() {
        return stages == null ? VenueClock.UNSET : stages.clock.exchangeMs();
    }

    /** The venue's clock, exchange time in ms; Long.MIN_VALUE before the first message. */
    public long venueTimeMs() {
        return view.venueTimeMs();
    }

    /** As its strategies see it. */
    MarketView view() {
        return view;
    }
}
