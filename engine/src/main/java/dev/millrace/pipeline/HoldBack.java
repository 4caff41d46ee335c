package dev.millrace.pipeline;

import dev.millrace.bars.BarAggregator;
import dev.millrace.codec.hyperliquid.HyperliquidDecoder;
import dev.millrace.market.DecodedFrame;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.Source;
import dev.millrace.market.StatePart;
import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;
import dev.millrace.metrics.Counter;
import dev.millrace.metrics.Counters;
import dev.millrace.order.HeldFrames;
import dev.millrace.order.VenueClock;
import java.util.function.Consumer;

/**
 * Decides when a frame with exchange time is applied: at once, or, when it lies far ahead of the venue's clock, once later
 * frames agree with it; see {@link HeldFrames}. Market thread.
 */
final class HoldBack implements StatePart {

    private final HyperliquidDecoder decoder;
    private final DecodedFrame frame;
    private final VenueClock clock;
    private final HeldFrames held;
    private final BarAggregator bars;
    private final TradeStage trades;
    private final Consumer<MarketEvent> market;
    private final Counter heldFrames;
    private final Counter refusedFrames;
    private long refusedSeen;

    /**
     * @param frame where the decoder left the frame that is being applied
     * @param market applies the frame that was decoded last
     */
    HoldBack(
            HyperliquidDecoder decoder,
            DecodedFrame frame,
            VenueClock clock,
            BarAggregator bars,
            TradeStage trades,
            Consumer<MarketEvent> market,
            Counters counters) {
        this.decoder = decoder;
        this.frame = frame;
        this.clock = clock;
        this.bars = bars;
        this.trades = trades;
        this.market = market;
        held = new HeldFrames(clock);
        heldFrames = counters.counter("clock.held", "Frames held back because their exchange time lies far ahead");
        refusedFrames = counters.counter("clock.refused", "Held frames refused because no other frame agreed");
    }

    /** A decoded frame with exchange time: applied now, with what it proves plausible, or held. */
    void onFrame(MarketEvent event) {
        if (clock.isAhead(frame.maxExchangeTimeMs(), event.receiveNs())) {
            hold(event);
        } else {
            held.onPlausibleFrame();
            if (!held.isEmpty()) {
                applyOvertaken(event);
            }
            market.accept(event);
        }
    }

    /** Gives up the trades of the frames that were refused since the last call. */
    void giveUpRefused(RefusedTrades lost) {
        if (held.refused() != refusedSeen) {
            refusedFrames.add(held.refused() - refusedSeen);
            refusedSeen = held.refused();
            held.drainRefused(event -> {
                decoder.decode(event.bytes(), event.length(), frame);
                trades.onHeldRefused(frame.trades, event);
                lost.onRefusedFrame(frame, event);
            });
        }
    }

    /** A connection was lost: what it brought is no news any more. */
    void onLost(int connection) {
        held.abandon(source -> Source.connection(source) == connection);
    }

    /** A session begins, and with it every connection anew. */
    void onSession() {
        held.abandon(source -> true);
    }

    private void hold(MarketEvent event) {
        heldFrames.increment();
        trades.onHeld(frame.trades, event);
        if (held.hold(event, frame.maxExchangeTimeMs())) {
            release(event.receiveNs());
        }
    }

    /** The clock was behind: applies what was held and is believed, in order, as if it came only now. */
    private void release(long receiveNs) {
        for (MarketEvent earlier = held.poll(); earlier != null; earlier = held.poll()) {
            applyHeld(earlier, receiveNs);
        }
    }

    /** What is held is not ahead of a plausible frame that is as late or later: it came first, so it is applied first. */
    private void applyOvertaken(MarketEvent event) {
        long timeMs = frame.maxExchangeTimeMs();
        MarketEvent earlier = held.pollUpTo(timeMs);
        if (earlier != null) {
            for (; earlier != null; earlier = held.pollUpTo(timeMs)) {
                applyHeld(earlier, event.receiveNs());
            }
            decoder.decode(event.bytes(), event.length(), frame);
        }
    }

    private void applyHeld(MarketEvent earlier, long receiveNs) {
        decoder.decode(earlier.bytes(), earlier.length(), frame);
        market.accept(earlier);
        clock.onRecord(earlier.receiveNs());
        bars.onClock(clock.nowMs(), receiveNs);
    }

    @Override
    public String stateTag() {
        return held.stateTag();
    }

    @Override
    public void writeTo(StateWriter out) {
        held.writeTo(out);
    }

    @Override
    public void readFrom(StateReader in) {
        held.readFrom(in);
        refusedSeen = held.refused();
    }
}
