package dev.millrace.order;

import dev.millrace.config.ResultConfig;
import dev.millrace.market.Basis;
import dev.millrace.market.CoverageView;
import dev.millrace.market.Gap;
import dev.millrace.market.Gap.Evidence;
import dev.millrace.market.GapSink;
import dev.millrace.market.StatePart;
import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;
import java.util.function.IntFunction;

/**
 * The stretches of exchange time in which each symbol's trade stream is proven whole, and, for mid bars, its book stream:
 * see {@link BookStreams}.
 *
 * <p>A trade stream's coverage starts 1 ms after the oldest trade of the first snapshot, advances with the venue's clock
 * while its connection is fresh, and stops at the last exchange time before the connection was lost or the session
 * ended, unless another connection carries the stream too. Where the venue's clock went back that is not the greatest:
 * what it stamps with times seen before would have come on that connection. It is joined over a break only when the snapshot after it
 * holds a trade accepted before; otherwise the break is a gap. Market thread.
 */
public final class Coverage implements CoverageView, StatePart {

    /** The stream name of gaps in trades. */
    public static final String TRADES = "trades";

    private static final long NS_PER_MS = 1_000_000L;

    /** What came before and behind a break may have been longer on its way by this. */
    private static final long MISSED_MARGIN_MS = 1_000;

    /** Told when completeness of bars may have changed. */
    @FunctionalInterface
    public interface Listener {
        void onCoverageChanged(int symbol, Basis basis);
    }

    private final VenueClock clock;
    private final IntFunction<String> names;
    private final GapSink gaps;
    private final Listener listener;
    private final Connections connections = new Connections();
    private final StreamTable trades = new StreamTable();
    private final BookStreams books;
    private final MissingTrades missing;
    /** The last exchange time of any connection that was stamped just before it was sent. */
    private long presentMs = VenueClock.UNSET;

    private long freshForNs;
    private long revisionWindowMs;

    public Coverage(ResultConfig config, VenueClock clock, IntFunction<String> names, GapSink gaps, Listener listener) {
        this.clock = clock;
        this.names = names;
        this.gaps = gaps;
        this.listener = listener;
        books = new BookStreams(connections, this::undecided, listener);
        missing = new MissingTrades(clock, trades, this::undecided, listener, this::reportUndecodable);
        configure(config);
    }

    /** Takes the settings of a session header. */
    public void configure(ResultConfig config) {
        revisionWindowMs = config.bars().revisionWindow().toMillis();
        // What a silent connection did not prove must still be open to revision when it is found silent.
        freshForNs = Math.min(
                config.order().freshFor().toNanos(),
                config.bars().revisionWindow().toNanos());
    }

    /** The book streams, for mid bars. */
    public BookStreams books() {
        return books;
    }

    /** A new session: whatever the one before had open is lost. */
    public void onSession(long receiveNs) {
        while (connections.size() > 0) {
            lose(connections.removeLast(), "session-end", receiveNs);
        }
        missing.tellAll(receiveNs);
    }

    public void onConnected(int connection, long receiveNs) {
        connections.findOrAdd(connection, receiveNs);
    }

    public void onLost(int connection, long receiveNs) {
        Connection lost = connections.find(connection);
        if (lost != null) {
            connections.remove(lost);
            lose(lost, "disconnect", receiveNs);
            if (connections.size() == 0) {
                missing.tellAll(receiveNs);
            }
        }
    }

    /** The venue acknowledged a subscription to trades: the next trades frame of the symbol is a snapshot. */
    public void onTradesAck(int symbol, int connection, long receiveNs, long newestTradeMs) {
        StreamCoverage stream = trades.get(symbol);
        Connection on = connections.findOrAdd(connection, receiveNs);
        if (stream.isCarriedBy(on)) {
            drop(symbol, stream, on, silentFrom(stream, on, newestTradeMs), "resubscribe", receiveNs);
        }
        stream.awaited().acknowledge(on);
    }

    /** The venue acknowledged the end of a subscription to trades. */
    public void onTradesUnsubscribed(int symbol, int connection, long receiveNs) {
        StreamCoverage stream = trades.get(symbol);
        Connection on = connections.findOrAdd(connection, receiveNs);
        stream.awaited().forget(on);
        if (stream.isCarriedBy(on)) {
            drop(symbol, stream, on, undecided(on.lastExchangeMs()), "unsubscribe", receiveNs);
        }
    }

    /** The stream was found mute: nothing after the newest trade that it gave is proven, until a snapshot shows it. */
    public void onTradesMute(int symbol, int connection, long receiveNs, long newestTradeMs) {
        StreamCoverage stream = trades.get(symbol);
        Connection on = connections.find(connection);
        if (on != null && stream.isCarriedBy(on)) {
            drop(symbol, stream, on, silentFrom(stream, on, newestTradeMs), "mute", receiveNs);
        }
    }

    /** It may have been mute since the last trade that it gave itself. */
    private long silentFrom(StreamCoverage stream, Connection on, long newestTradeMs) {
        return undecided(Math.min(newestTradeMs, stream.deliveredMs(on)));
    }

    /** Whether a trades frame of this symbol, on this connection and in this record, is the snapshot after an ack. */
    public boolean awaitsSnapshot(int symbol, int connection, long sequence) {
        Connection known = connections.find(connection);
        return known != null && trades.get(symbol).awaited().awaits(known, sequence);
    }

    /** A trades frame came and is held back: when it is the snapshot it stays that, whatever is applied before it. */
    public void onHeld(int symbol, int connection, long sequence) {
        if (awaitsSnapshot(symbol, connection, sequence)) {
            trades.get(symbol).awaited().hold(connections.find(connection), sequence);
        }
    }

    /** A trades frame that was held back is refused: if it was the snapshot, the next one is. */
    public void onHeldRefused(int symbol, long sequence) {
        trades.get(symbol).awaited().refuse(sequence);
    }

    /**
     * A snapshot was applied.
     *
     * @param oldestMs exchange time of its oldest trade
     * @param wholeFromMs from here on it lacks nothing: 1 ms after its oldest trade, or after its newest where their times
     *     go back, for the venue's clock may have stepped between them
     * @param overlaps whether it holds a trade accepted before the ack
     * @param oldestKnownMs exchange time of the oldest trade in it that was accepted before; Long.MAX_VALUE when none was
     * @param newestBeforeMs the newest trade accepted before the ack; Long.MIN_VALUE when none
     * @param provableFromMs nothing before this can be made whole any more
     */
    public void onSnapshot(
            int symbol,
            int connection,
            long receiveNs,
            long oldestMs,
            long wholeFromMs,
            boolean overlaps,
            long oldestKnownMs,
            long newestBeforeMs,
            long provableFromMs) {
        StreamCoverage stream = trades.get(symbol);
        Connection on = connections.findOrAdd(connection, receiveNs);
        long held = stream.awaited().heldOn(on);
        stream.awaited().forget(on);
        if (stream.isLive()) {
            stream.support(on, Math.max(wholeFromMs, provableFromMs), oldestKnownMs);
        } else if (!stream.isBroken()) {
            stream.start(on, Math.max(wholeFromMs, provableFromMs));
            if (!overlaps
                    && newestBeforeMs != Long.MIN_VALUE) { // from a subscription that ended before its snapshot counted
                report(
                        symbol,
                        receiveNs,
                        Math.min(newestBeforeMs, oldestMs),
                        wholeFromMs,
                        "resubscribe",
                        Evidence.UNPROVEN);
            }
        } else if (overlaps && oldestKnownMs <= stream.shownMs()) {
            stream.join(on, wholeFromMs, provableFromMs);
        } else {
            startAfterGap(
                    symbol, stream, on, receiveNs, oldestMs, wholeFromMs, newestBeforeMs, provableFromMs, overlaps);
        }
        if (held != AwaitedSnapshots.NONE_HELD && on.lacksSince(symbol, held)) { // it came before what was not read
            missing.onLack(symbol, on, receiveNs, on.unreadableFromMs(), on.unreadableToMs(), Evidence.UNPROVEN);
        }
        if (isBack()) { // what the stream goes on from lies ahead of what comes now
            takeBack(symbol, stream, presentMs, receiveNs);
        }
        listener.onCoverageChanged(symbol, Basis.TRADE);
    }

    /**
     * Trades of this symbol were applied, new or not, the snapshot's too; the newest of them.
     *
     * @param isOfNow as of {@link #onExchangeTime}
     */
    public void onTrades(int symbol, int connection, long newestMs, boolean isOfNow) {
        Connection on = connections.find(connection);
        if (on != null) {
            trades.get(symbol).onDelivered(on, isOfNow ? newestMs : notAhead(newestMs));
        }
    }

    /** What a snapshot tells of the time: while the venue's clock is back, its newest trade may be from before that. */
    private long notAhead(long timeMs) {
        return isBack() ? Math.min(timeMs, presentMs) : timeMs;
    }

    /** Whether the last time that was of now lies before others: the venue's clock went back, or a connection is late. */
    private boolean isBack() {
        return presentMs != VenueClock.UNSET && presentMs < clock.exchangeMs() - Connection.BACK_MS;
    }

    /**
     * Trades of this symbol that could not be decoded, of a live stream: in doubt while another connection may have brought
     * them, else missing in {@code [fromMs, toMs)}.
     *
     * @param newestTradeMs the newest trade accepted before: what begins no later may repeat one, so its loss is not proven
     */
    public void onUndecodable(int symbol, int connection, long receiveNs, long fromMs, long toMs, long newestTradeMs) {
        Evidence evidence = fromMs > newestTradeMs ? Evidence.PROVEN : Evidence.UNPROVEN;
        missing.onLack(symbol, connections.findOrAdd(connection, receiveNs), receiveNs, fromMs, toMs, evidence);
    }

    /** Something could not be read that may have held trades of this symbol: nothing in {@code [fromMs, toMs)} is proven. */
    public void onUnreadable(int symbol, long receiveNs, long fromMs, long toMs) {
        if (isLive(symbol)) {
            missing.onMissing(symbol, receiveNs, fromMs, toMs, Evidence.UNPROVEN);
        }
    }

    /**
     * A frame of a connection could not be decoded and may have held trades of one stream that it carries, or of any. When the
     * clock turns out to have been behind, what is missing reaches further: {@link #onExchangeTime}.
     *
     * @param symbol of the stream, if this is known; else −1
     * @param sequence of its record
     */
    public void onUnreadableFrame(int connection, int symbol, long sequence, long receiveNs, long fromMs, long toMs) {
        Connection on = connections.findOrAdd(connection, receiveNs);
        int of = symbol >= 0 && trades.get(symbol).isOn(on) ? symbol : Connection.ANY;
        on.onUnreadable(of, sequence, receiveNs, fromMs, toMs);
        missing.onLack(on, of, receiveNs, fromMs, toMs);
    }

    /**
     * An exchange time delivered by a connection was accepted, by the venue's clock too.
     *
     * @param isOfNow whether it was stamped just before it was sent: what answers a subscription may be of any age
     */
    public void onExchangeTime(int connection, long receiveNs, long timeMs, boolean isOfNow) {
        Connection on = connections.findOrAdd(connection, receiveNs);
        if (on.onExchangeTime(isOfNow ? timeMs : notAhead(timeMs), isOfNow, clock.exchangeMs())) {
            onClockBack(timeMs, receiveNs);
        }
        presentMs = isOfNow ? timeMs : presentMs;
        if (on.unreadableGrows(receiveNs, timeMs, isOfNow)) {
            missing.onLack(on, on.unreadableSymbol(), receiveNs, on.unreadableFromMs(), on.unreadableToMs());
        }
    }

    private void onClockBack(long timeMs, long receiveNs) {
        for (int symbol = 0; symbol < trades.bound(); symbol++) {
            StreamCoverage stream = trades.find(symbol);
            if (stream != null) {
                stream.onClockBack(timeMs);
                missing.onClockBack(symbol, timeMs, receiveNs);
                takeBack(symbol, stream, timeMs, receiveNs);
            }
        }
    }

    private void takeBack(int symbol, StreamCoverage stream, long timeMs, long receiveNs) {
        StreamCoverage.Hole again = stream.takeBack(undecided(timeMs));
        if (again != null) {
            report(symbol, receiveNs, timeMs, again.toMs(), "clock-back", Evidence.UNPROVEN);
            listener.onCoverageChanged(symbol, Basis.TRADE);
        }
    }

    /** The last exchange time that a connection has brought; {@link VenueClock#UNSET} when none. */
    public long lastExchangeMs(int connection) {
        Connection on = connections.find(connection);
        return on == null ? VenueClock.UNSET : on.lastExchangeMs();
    }

    /** Called after each frame, with the clock already advanced. */
    public void onFrame(int connection, long receiveNs) {
        connections.findOrAdd(connection, receiveNs).onFrame(receiveNs, clock.nowMs());
    }

    /** Called after each record, whatever its kind: judges which connections are fresh. */
    public void onRecord(long receiveNs) {
        missing.onRecord(receiveNs);
        for (int i = 0; i < connections.size(); i++) {
            if (connections.get(i).judge(receiveNs, freshForNs)) {
                tellStreamsOf(connections.get(i));
            }
        }
    }

    @Override
    public boolean covered(int symbol, Basis basis, long fromMs, long toMs) {
        return stream(symbol, basis).covered(fromMs, toMs, clock.nowMs());
    }

    @Override
    public long unresolvedFrom(int symbol, Basis basis) {
        return stream(symbol, basis).unresolvedFromMs();
    }

    /** Where the coverage of the symbol's trades first began, ms; Long.MAX_VALUE when it never did. */
    long firstCoveredMs(int symbol) {
        return trades.get(symbol).firstFromMs();
    }

    /** Whether all of {@code [fromMs, toMs)} that lies outside a gap of the symbol's trades, and not ahead of the clock, is covered. */
    boolean isCoveredBeside(int symbol, long fromMs, long toMs, Gap gap) {
        long untilMs = Math.min(toMs, clock.nowMs());
        return (gap.fromMs() <= fromMs || covered(symbol, Basis.TRADE, fromMs, Math.min(gap.fromMs(), untilMs)))
                && (gap.toMs() >= untilMs || covered(symbol, Basis.TRADE, Math.max(gap.toMs(), fromMs), untilMs));
    }

    /** Whether the symbol's trade stream is live now. */
    public boolean isLive(int symbol) {
        return symbol < trades.bound()
                && trades.find(symbol) != null
                && trades.find(symbol).isLive();
    }

    /** Whether more than one connection carries the symbol's trades. */
    public boolean isCarriedTwice(int symbol) {
        return symbol < trades.bound()
                && trades.find(symbol) != null
                && trades.find(symbol).isCarriedTwice();
    }

    private void startAfterGap(
            int symbol,
            StreamCoverage stream,
            Connection on,
            long receiveNs,
            long oldestMs,
            long wholeFromMs,
            long newestBeforeMs,
            long provableFromMs,
            boolean overlaps) {
        // Of the last moments only other streams told that time went on: this one may have been mute, not yet found so.
        long believedMs = Math.min(stream.brokenAtMs(), stream.shownMs());
        // Trades later than the snapshot's oldest are known and not in it: the clock went back since they came.
        // What was missed before is stamped ahead, what was missed after it as far behind the snapshot at most.
        boolean wentBack = !overlaps && Math.min(newestBeforeMs, believedMs) > oldestMs;
        long missedMs = wentBack ? Math.max(0, receiveNs - stream.brokenNs()) / NS_PER_MS + MISSED_MARGIN_MS : 0;
        long fromMs = Math.min(oldestMs - missedMs, believedMs);
        fromMs = newestBeforeMs == Long.MIN_VALUE ? fromMs : Math.min(fromMs, newestBeforeMs);
        stream.truncate(undecided(fromMs));
        String cause = stream.breakCause();
        stream.start(on, Math.max(wholeFromMs, provableFromMs));
        // Where the snapshot reaches back before the break it gave what had not come; what lies before it is not seen.
        report(symbol, receiveNs, fromMs, wholeFromMs, cause, Evidence.UNPROVEN);
        if (wentBack) {
            long aheadMs = undecided(believedMs);
            stream.hole(aheadMs, Math.max(aheadMs, believedMs + missedMs));
            report(symbol, receiveNs, believedMs, believedMs + missedMs, cause, Evidence.UNPROVEN);
        }
    }

    /** What lies before the revision window is decided: no bar there can change any more, so coverage does not either. */
    private long undecided(long timeMs) {
        return clock.nowMs() == VenueClock.UNSET ? timeMs : Math.max(timeMs, clock.nowMs() - revisionWindowMs);
    }

    private void report(int symbol, long receiveNs, long fromMs, long toMs, String cause, Evidence evidence) {
        gaps.onGap(new Gap(names.apply(symbol), TRADES, fromMs, toMs, cause, evidence, false), receiveNs);
    }

    private void reportUndecodable(int symbol, long fromMs, long toMs, long receiveNs, Evidence evidence) {
        report(symbol, receiveNs, fromMs, toMs, "undecodable", evidence);
    }

    private void lose(Connection connection, String cause, long receiveNs) {
        for (int symbol = 0; symbol < trades.bound(); symbol++) {
            StreamCoverage stream = trades.find(symbol);
            if (stream != null) {
                stream.awaited().forget(connection);
                if (stream.isCarriedBy(connection)) {
                    drop(symbol, stream, connection, undecided(connection.lastExchangeMs()), cause, receiveNs);
                }
            }
        }
        books.lose(connection, cause);
    }

    /** A connection no longer carries a symbol's trades; what the others leave uncovered is a gap at once. */
    private void drop(
            int symbol, StreamCoverage stream, Connection connection, long endMs, String cause, long receiveNs) {
        stream.withdraw(connection);
        StreamCoverage.Hole left = stream.drop(connection, endMs, cause);
        if (left != null) {
            report(symbol, receiveNs, left.fromMs(), left.toMs(), cause, Evidence.UNPROVEN);
        }
        missing.onDropped(symbol, receiveNs);
        listener.onCoverageChanged(symbol, Basis.TRADE);
    }

    private void tellStreamsOf(Connection connection) {
        tellStreamsOf(trades, Basis.TRADE, connection);
        tellStreamsOf(books.table(), Basis.MID, connection);
    }

    private void tellStreamsOf(StreamTable streams, Basis basis, Connection connection) {
        for (int symbol = 0; symbol < streams.bound(); symbol++) {
            if (streams.isCarriedBy(symbol, connection)) {
                listener.onCoverageChanged(symbol, basis);
            }
        }
    }

    private StreamCoverage stream(int symbol, Basis basis) {
        return (basis == Basis.TRADE ? trades : books.table()).get(symbol);
    }

    @Override
    public String stateTag() {
        return "COVR";
    }

    @Override
    public void writeTo(StateWriter out) {
        connections.writeTo(out);
        out.writeLong(presentMs);
        trades.writeTo(out);
        books.writeTo(out);
        missing.writeTo(out);
    }

    @Override
    public void readFrom(StateReader in) {
        connections.readFrom(in);
        presentMs = in.readLong();
        trades.readFrom(in, connections);
        books.readFrom(in);
        missing.readFrom(in);
    }
}
