package dev.millrace.freshness;

import dev.millrace.config.FreshnessConfig;
import dev.millrace.market.AssetContext;
import dev.millrace.market.BookFrame;
import dev.millrace.market.BookView;
import dev.millrace.market.Channel;
import dev.millrace.market.DecodedFrame;
import dev.millrace.market.FeedControl;
import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;
import dev.millrace.market.Subscription;
import dev.millrace.market.SubscriptionAck;
import dev.millrace.market.WideDecimal;
import dev.millrace.metrics.Counters;
import java.util.ArrayList;
import java.util.List;

/** Decoded frames of a made-up venue on a clock set by hand, a clock record every 100 ms, and what is made of them. */
final class Feed implements FeedControl, Freshness.Listener {

    private static final long NS_PER_MS = 1_000_000;
    private static final long EPOCH_MS = 1_700_000_000_000L;

    final List<String> asked = new ArrayList<>();
    final List<String> notes = new ArrayList<>();
    final List<String> told = new ArrayList<>();
    final Counters counters = new Counters();
    final Freshness freshness = new Freshness(FreshnessConfig.DEFAULT, symbol -> "C" + symbol, this, counters);
    /** How much later than the venue's stamp a frame is received. */
    long lateMs = 300;
    /** Which books it gives. */
    boolean fast;

    private final DecodedFrame frame = new DecodedFrame();
    private final SubscriptionAck ack = new SubscriptionAck();
    private long ms;
    private long tickedMs;

    Feed() {
        freshness.steer(this, notes::add);
        freshness.onSession();
    }

    long ms() {
        return ms;
    }

    /** Time passes with clock records only. */
    void passTo(long toMs) {
        while (tickedMs + 100 <= toMs) {
            tickedMs += 100;
            ms = tickedMs;
            freshness.onRecord(ns());
        }
        ms = toMs;
    }

    void pass(long forMs) {
        passTo(ms + forMs);
    }

    /** Nothing at all is recorded. */
    void jump(long forMs) {
        ms += forMs;
        tickedMs = ms;
        freshness.onRecord(ns());
    }

    void ack(int connection, Subscription subscription, int symbol) {
        ack(connection, subscription, symbol, true);
    }

    /** The venue acknowledges the end of a subscription. */
    void end(int connection, Subscription subscription, int symbol) {
        ack(connection, subscription, symbol, false);
    }

    private void ack(int connection, Subscription subscription, int symbol, boolean begin) {
        ack.clear();
        ack.valid = true;
        ack.subscribe = begin;
        ack.channel = subscription.channel();
        ack.symbol = symbol;
        ack.fast = subscription.fast();
        ack.interval = subscription.interval();
        freshness.onAck(ack, connection);
    }

    /** The venue acknowledged the end of a subscription. */
    void unsubscribed(int connection, Subscription subscription, int symbol) {
        ack.clear();
        ack.valid = true;
        ack.channel = subscription.channel();
        ack.symbol = symbol;
        ack.fast = subscription.fast();
        ack.interval = subscription.interval();
        freshness.onAck(ack, connection);
    }

    /** How many bytes it remembers. */
    int stateBytes() {
        StateWriter out = new StateWriter();
        out.section(freshness);
        return out.length();
    }

    void book(int connection, int symbol, boolean fast, long price) {
        frame.clear();
        frame.channel = Channel.L2_BOOK;
        fill(frame.book, symbol, price);
        frame.book.fast = fast;
        deliver(connection);
    }

    void emptyBook(int connection, int symbol) {
        frame.clear();
        frame.channel = Channel.L2_BOOK;
        frame.book.valid = true;
        frame.book.symbol = symbol;
        frame.book.timeMs = EPOCH_MS;
        frame.book.fast = false;
        deliver(connection);
    }

    void bbo(int connection, int symbol, long price) {
        frame.clear();
        frame.channel = Channel.BBO;
        fill(frame.bbo, symbol, price);
        deliver(connection);
    }

    void context(int connection, int symbol, long volume) {
        frame.clear();
        frame.channel = Channel.ASSET_CONTEXT;
        frame.context.valid = true;
        frame.context.symbol = symbol;
        WideDecimal day = frame.context.get(AssetContext.Field.DAY_NOTIONAL_VOLUME);
        day.set(0, volume, 2);
        deliver(connection);
    }

    void candle(int connection, int symbol, long startMs, long trades) {
        frame.clear();
        frame.channel = Channel.CANDLE;
        frame.candle.valid = true;
        frame.candle.symbol = symbol;
        frame.candle.interval = "1m";
        frame.candle.startMs = startMs;
        frame.candle.tradeCount = trades;
        deliver(connection);
    }

    void mids(int connection) {
        frame.clear();
        frame.channel = Channel.ALL_MIDS;
        deliver(connection);
    }

    void trade(int connection, int symbol) {
        frame.clear();
        frame.channel = Channel.TRADES;
        frame.trades.symbol[0] = symbol;
        frame.trades.timeMs[0] = timeMs();
        frame.trades.count = 1;
        deliver(connection);
    }

    /** Whether a frame of trades of which every element is refused would be applied, or one that is whole. */
    boolean admits(int connection, boolean whole) {
        frame.clear();
        frame.channel = Channel.TRADES;
        frame.refused = whole ? 0 : 1;
        return freshness.onFrame(frame, connection, ns());
    }

    StreamState stateOf(int connection, String channel, int symbol) {
        String coin = channel.equals("allMids") ? "" : "C" + symbol;
        return freshness.report().unhealthy().stream()
                .filter(one -> one.connection() == connection
                        && one.channel().equals(channel)
                        && one.coin().equals(coin))
                .map(FreshnessReport.Subject::state)
                .findFirst()
                .orElse(StreamState.LIVE);
    }

    /** Another one that took up the state of this, and goes on with its ears closed. */
    Freshness copy() {
        StateWriter out = new StateWriter();
        out.section(freshness);
        Freshness copy = new Freshness(FreshnessConfig.DEFAULT, symbol -> "C" + symbol, this, new Counters());
        new StateReader(out.bytes(), out.length()).section(copy);
        return copy;
    }

    @Override
    public void resubscribe(int connection, Subscription subscription) {
        asked.add("resubscribe " + connection + " " + subscription.channel() + " " + subscription.coin());
    }

    @Override
    public void replace(int connection, long lateMs) {
        asked.add("replace " + connection + (lateMs > 0 ? ", " + Math.round(lateMs / 1e3) + " s late" : ""));
    }

    @Override
    public void replaceIfRoom(int connection) {
        asked.add("replace " + connection + " if there is room");
    }

    @Override
    public void onMuteTrades(int symbol, int connection) {
        told.add("mute trades " + symbol + " on " + connection);
    }

    @Override
    public void onMuteBook(int symbol, BookView view, int connection) {
        told.add("mute " + view + " of " + symbol + " on " + connection);
    }

    @Override
    public void onGatedBook(int symbol, BookView view, int connection) {
        told.add("gated " + view + " of " + symbol + " on " + connection);
    }

    @Override
    public void onGated(int symbol, Channel channel, int connection) {
        told.add("gated " + channel + " of " + symbol + " on " + connection);
    }

    private void deliver(int connection) {
        freshness.onFrame(frame, connection, ns());
        freshness.onRecord(ns());
    }

    private void fill(BookFrame book, int symbol, long price) {
        book.valid = true;
        book.symbol = symbol;
        book.timeMs = timeMs();
        book.bids.add(price, 100, 1);
        book.asks.add(price + 1, 100, 1);
    }

    private long timeMs() {
        return EPOCH_MS + ms - lateMs;
    }

    private long ns() {
        return (EPOCH_MS + ms) * NS_PER_MS;
    }
}
