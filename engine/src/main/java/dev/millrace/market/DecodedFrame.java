package dev.millrace.market;

/**
 * The decoded content of one frame: a reusable view with primitive arrays that the market thread owns and the codec
 * fills. Only the part that belongs to {@link #channel} is valid, and only until the next decode.
 */
public final class DecodedFrame {

    private static final int NO_COIN = -1;

    public Channel channel = Channel.NOT_A_MESSAGE;
    /** Of a frame that is no message: which channel it named before it broke off; NOT_A_MESSAGE when it named none. */
    public Channel begunAs = Channel.NOT_A_MESSAGE;
    /** Of a frame of trades that is no message: the coin that it named before it broke off; −1 when it named none. */
    public int begunOf = NO_COIN;
    /** Of a frame that is no message: whether it is the venue's welcome, which is plain text. */
    public boolean greeting;

    public final TradeBatch trades = new TradeBatch();
    public final BookFrame book = new BookFrame();
    /** A best bid and offer as a book of at most one level a side. */
    public final BookFrame bbo = new BookFrame();

    public final MidPrices mids = new MidPrices();
    public final Candle candle = new Candle();
    public final AssetContext context = new AssetContext();
    public final SubscriptionAck ack = new SubscriptionAck();
    /** Elements of this frame that were refused; the reasons are counted by the codec. */
    public int refused;

    /** Forgets the frame before: nothing is valid until the codec says so. */
    public void clear() {
        channel = Channel.NOT_A_MESSAGE;
        begunAs = Channel.NOT_A_MESSAGE;
        begunOf = NO_COIN;
        greeting = false;
        trades.clear();
        book.clear();
        bbo.clear();
        mids.clear();
        candle.clear();
        context.clear();
        ack.clear();
        refused = 0;
    }

    /** What is being read turns out to be no message: nothing of it is valid, but what it began as is known. */
    public void breakOff() {
        Channel channelBegun = begunAs;
        int coinBegun = trades.onlyCoin();
        clear();
        begunAs = channelBegun;
        begunOf = coinBegun;
    }

    /** The coin of which trades may be missing that could not be read; −1 when it may be any. A frame is of one coin. */
    public int coinOfUnread() {
        return channel == Channel.TRADES ? trades.onlyCoin() : begunOf;
    }

    /** Whether the frame carries exchange time (trades, books, bbo): nothing else moves the venue's clock. */
    public boolean hasExchangeTime() {
        return switch (channel) {
            case TRADES -> trades.count > 0;
            case L2_BOOK -> book.valid;
            case BBO -> bbo.valid;
            default -> false;
        };
    }

    /** Of a frame that is no message: whether it may have held trades. A name that nobody knows may be a broken one. */
    public boolean mayHideTrades() {
        return !greeting && (begunAs == Channel.TRADES || begunAs.wireName().isEmpty());
    }

    /** The greatest exchange time in the frame, ms; only when {@link #hasExchangeTime()}. */
    public long maxExchangeTimeMs() {
        return switch (channel) {
            case TRADES -> trades.maxTimeMs();
            case L2_BOOK -> book.timeMs;
            case BBO -> bbo.timeMs;
            default -> throw new IllegalStateException(channel + " carries no exchange time");
        };
    }
}
