package dev.millrace.pipeline;

import dev.millrace.market.BookView;
import dev.millrace.market.Channel;
import dev.millrace.market.DecodedFrame;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.Source;
import dev.millrace.market.SubscriptionAck;
import dev.millrace.market.SymbolTable;

/** Gives each decoded frame to the part that it is for. Market thread. */
final class FrameStage {

    private final Stages stages;
    private final SymbolTable symbols;
    private final DecodedFrame frame;
    private final Outputs out;

    /** @param frame where the decoder leaves the frame that is being applied */
    FrameStage(Stages stages, SymbolTable symbols, DecodedFrame frame, Outputs out) {
        this.stages = stages;
        this.symbols = symbols;
        this.frame = frame;
        this.out = out;
    }

    /** A frame was decoded: applied now, held back, or not at all where its channel cannot be believed. */
    void onFrame(MarketEvent event) {
        int connection = Source.connection(event.source());
        if (!stages.freshness.onFrame(frame, connection, event.receiveNs())) {
            onGated(event);
        } else if (frame.hasExchangeTime()) {
            stages.holdBack.onFrame(event);
        } else {
            apply(event);
        }
        stages.coverage.onFrame(connection, event.receiveNs());
        stages.holdBack.giveUpRefused(stages.refused);
    }

    private void onGated(MarketEvent event) {
        if (frame.channel == Channel.TRADES) {
            stages.refused.onGatedFrame(frame, event);
        }
    }

    /** A frame with exchange time, now or when it is no longer held back. */
    void applyTimed(MarketEvent event) {
        boolean isOfNow = isOfNow(event);
        apply(event);
        long timeMs = frame.maxExchangeTimeMs();
        stages.clock.onExchangeTime(timeMs, event.receiveNs());
        stages.coverage.onExchangeTime(Source.connection(event.source()), event.receiveNs(), timeMs, isOfNow);
    }

    /** Not a snapshot, nor a bbo: the first one after its subscription is as old as the last change of the top. */
    private boolean isOfNow(MarketEvent event) {
        return switch (frame.channel) {
            case TRADES ->
                !stages.coverage.awaitsSnapshot(
                        frame.trades.symbol[0], Source.connection(event.source()), event.sequence());
            case BBO -> false;
            default -> true;
        };
    }

    private void apply(MarketEvent event) {
        stages.live.onFrame(frame, Source.connection(event.source()));
        long clockMs = stages.clock.nowMs();
        switch (frame.channel) {
            case TRADES -> {
                stages.refused.beforeFrame(frame.trades);
                stages.trades.apply(frame, event, clockMs);
                if (frame.refused > 0) {
                    stages.refused.onFrame(frame, event);
                }
            }
            case NOT_A_MESSAGE -> {
                if (frame.mayHideTrades()) {
                    stages.refused.onFrame(frame, event);
                }
            }
            case L2_BOOK -> {
                BookView view = frame.book.fast ? BookView.FAST : BookView.SLOW;
                stages.books.apply(frame.book, view, event, out.record(), clockMs);
            }
            case BBO -> stages.books.apply(frame.bbo, BookView.BBO, event, out.record(), clockMs);
            case CANDLE -> applyCandle(event);
            case ACK -> applyAck(frame.ack, event);
            case ALL_MIDS -> tellMids(event);
            case ASSET_CONTEXT, SPOT_ASSET_CONTEXT -> tellContext(event);
            default -> {
                // Counted by the codec.
            }
        }
    }

    private void tellMids(MarketEvent event) {
        for (int i = 0; i < frame.mids.count; i++) {
            int symbol = frame.mids.symbol[i];
            long price = frame.mids.price[i];
            if (stages.mids.moves(symbol, price)) {
                out.ticks.onMid(symbols.name(symbol), price, event.receiveNs(), event.sequence());
            }
        }
    }

    private void tellContext(MarketEvent event) {
        if (frame.context.valid) {
            String symbol = symbols.name(frame.context.symbol);
            out.ticks.onContext(symbol, frame.context, event.receiveNs(), event.sequence());
        }
    }

    private void applyCandle(MarketEvent event) {
        if (frame.candle.valid) {
            int symbol = frame.candle.symbol;
            stages.counts.onCandle(frame.candle, symbols.name(symbol), stages.coverage, event.receiveNs());
        }
    }

    private void applyAck(SubscriptionAck ack, MarketEvent event) {
        int connection = Source.connection(event.source());
        stages.freshness.onAck(ack, connection);
        // Books are whole in every frame: their coverage starts with the first one.
        if (ack.valid && ack.symbol >= 0 && ack.channel == Channel.TRADES) {
            stages.trades.onAck(ack.symbol, ack.subscribe, connection, event.receiveNs());
        }
    }
}
