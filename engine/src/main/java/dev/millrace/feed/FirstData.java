package dev.millrace.feed;

import dev.millrace.codec.hyperliquid.HyperliquidDecoder;
import dev.millrace.market.DecodedFrame;
import dev.millrace.market.Instruments;
import dev.millrace.market.Subscription;
import dev.millrace.market.SymbolTable;
import dev.millrace.metrics.Counters;
import java.util.HashSet;
import java.util.Set;

/**
 * Which subscriptions of a connection have given data. Reads every frame, so only a connection that is about to replace
 * another has one, until all have. Event loop only.
 */
final class FirstData {

    private final SymbolTable symbols = new SymbolTable();
    private final DecodedFrame frame = new DecodedFrame();
    private final HyperliquidDecoder decoder =
            new HyperliquidDecoder(symbols, new Instruments(symbols), new Counters());
    private final Set<Subscription> seen = new HashSet<>();

    void onPayload(byte[] payload, int length) {
        decoder.decode(payload, length, frame);
        switch (frame.channel) {
            case TRADES -> {
                for (int i = 0; i < frame.trades.count; i++) {
                    seen.add(Subscription.trades(symbols.name(frame.trades.symbol[i])));
                }
            }
            case L2_BOOK -> {
                if (frame.book.valid) {
                    seen.add(Subscription.book(symbols.name(frame.book.symbol), frame.book.fast));
                }
            }
            default -> {
                // Only these two are answered with data at once, whatever the market does.
            }
        }
    }

    /** Whether there was data of this one, or there need not be any. */
    boolean has(Subscription subscription) {
        return switch (subscription.channel()) {
            case TRADES, L2_BOOK -> seen.contains(subscription);
            default -> true;
        };
    }
}
