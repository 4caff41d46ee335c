package dev.millrace.handover;

import dev.millrace.codec.hyperliquid.HyperliquidDecoder;
import dev.millrace.market.BookFrame;
import dev.millrace.market.Channel;
import dev.millrace.market.DecodedFrame;
import dev.millrace.market.Instruments;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import dev.millrace.market.Subscription;
import dev.millrace.market.SymbolTable;
import dev.millrace.market.TradeBatch;
import dev.millrace.metrics.Counters;
import dev.millrace.pipeline.MarketPosition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The first frame of each stream on the new connection, and whether the old daemon has applied what it holds. Every later
 * frame follows on it without a hole, so where it overlaps nothing lies between the two.
 *
 * <ul>
 *   <li>Trades: the newest trade of the snapshot is no later than the newest that the old one applied, and its window still
 *       reaches back to it: so the snapshot holds a trade that was accepted before, which is the proof of {@code
 *       order.Coverage}.
 *   <li>Books and bbo: every frame is whole; the old one has one at least as new.
 *   <li>Mids, contexts, candles: whole too, without exchange time; the old one has applied a record received no earlier.
 * </ul>
 *
 * One thread.
 */
final class FirstFrames {

    private final DecodedFrame frame = new DecodedFrame();
    private final SymbolTable symbols = new SymbolTable();
    private final HyperliquidDecoder decoder =
            new HyperliquidDecoder(symbols, new Instruments(symbols), new Counters());
    /** By stream: exchange time of the first frame, ms; of trades the newest in it. */
    private final Map<Subscription, Long> firstMs = new HashMap<>();

    private long untimedNs = Long.MIN_VALUE;

    void onEvent(MarketEvent event) {
        if (event.kind() != RecordKind.FRAME) {
            return;
        }
        decoder.decode(event.bytes(), event.length(), frame);
        switch (frame.channel) {
            case TRADES -> onTrades(frame.trades);
            case L2_BOOK -> onBook(frame.book, false);
            case BBO -> onBook(frame.bbo, true);
            case ALL_MIDS, CANDLE, ASSET_CONTEXT, SPOT_ASSET_CONTEXT ->
                untimedNs = untimedNs == Long.MIN_VALUE ? event.receiveNs() : untimedNs;
            default -> {
                // Acknowledgements, pongs and what cannot be read carry no stream.
            }
        }
    }

    private void onTrades(TradeBatch batch) {
        Map<Subscription, Long> newest = new HashMap<>();
        for (int i = 0; i < batch.count; i++) {
            newest.merge(Subscription.trades(symbols.name(batch.symbol[i])), batch.timeMs[i], Math::max);
        }
        newest.forEach(firstMs::putIfAbsent);
    }

    private void onBook(BookFrame book, boolean bbo) {
        if (book.valid) {
            String coin = symbols.name(book.symbol);
            firstMs.putIfAbsent(bbo ? Subscription.bbo(coin) : Subscription.book(coin, book.fast), book.timeMs);
        }
    }

    /**
     * The streams of which it is not proven that nothing lies between, each with what is missing; empty when all are.
     *
     * @param shared what both daemons subscribe
     */
    List<String> unproven(Collection<Subscription> shared, MarketPosition old) {
        List<String> missing = new ArrayList<>();
        Map<String, MarketPosition.Coin> coins = new HashMap<>();
        old.coins().forEach(coin -> coins.put(coin.name(), coin));
        for (Subscription stream : shared) {
            MarketPosition.Coin coin = coins.getOrDefault(stream.coin(), MarketPosition.Coin.unseen(stream.coin()));
            String why = stream.channel() == Channel.TRADES ? trades(stream, coin) : whole(stream, coin);
            if (!why.isEmpty()) {
                missing.add(stream.channel().wireName() + " of " + stream.coin() + ": " + why);
            }
        }
        if (untimedNs > old.receiveNs()) {
            missing.add("the running daemon has applied nothing since the first frame here");
        }
        return missing;
    }

    private String trades(Subscription stream, MarketPosition.Coin old) {
        Long snapshotMs = firstMs.get(stream);
        if (snapshotMs == null) {
            return old.newestTradeMs() == MarketPosition.NONE ? "" : "no snapshot yet";
        }
        if (!old.live()) {
            return "not live in the running daemon";
        }
        if (snapshotMs > old.newestTradeMs()) {
            return "the running daemon has not reached the snapshot yet";
        }
        return snapshotMs > old.floorMs() ? "" : "the running daemon no longer holds the trades of the snapshot";
    }

    /** A stream without a frame yet has brought nothing since its acknowledgement that could be missing. */
    private String whole(Subscription stream, MarketPosition.Coin old) {
        long first = firstMs.getOrDefault(stream, MarketPosition.NONE);
        long newest = switch (stream.channel()) {
            case L2_BOOK -> stream.fast() ? old.fastBookMs() : old.slowBookMs();
            case BBO -> old.bboMs();
            default -> MarketPosition.NONE;
        };
        return first <= newest ? "" : "the running daemon has not reached the first frame yet";
    }
}
