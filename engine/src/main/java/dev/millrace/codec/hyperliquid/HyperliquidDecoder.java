package dev.millrace.codec.hyperliquid;

import dev.millrace.market.Channel;
import dev.millrace.market.DecodedFrame;
import dev.millrace.market.Instruments;
import dev.millrace.market.SymbolTable;
import dev.millrace.metrics.Counter;
import dev.millrace.metrics.Counters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One WebSocket frame of Hyperliquid into a reused view: routes by the top-level {@code channel}, wherever it stands.
 *
 * <p>Market thread; allocates nothing for names seen before. Never throws on any bytes: a frame that is not one JSON
 * object with one channel is {@link Channel#NOT_A_MESSAGE}, a channel without a decoder {@link Channel#UNKNOWN}. A trade
 * or a mid price that cannot be read exactly is refused alone, any other frame as a whole; both are counted by reason in
 * {@code codec.refused.*}, frames in {@code codec.frames.*}. Keys stand in any order, numbers may be strings or JSON
 * numbers, an object in which a known key stands twice is refused. Names reach the symbol table verbatim, JSON escapes
 * decoded. The shapes are those of the venue's public documentation as corrected by recordings.
 */
public final class HyperliquidDecoder {

    /** What the venue may say first on a connection; the one text of it that is no JSON. */
    private static final byte[] GREETING = "Websocket connection established.".getBytes(StandardCharsets.US_ASCII);

    private static final int CHANNEL = 0;
    private static final int DATA = 1;
    private static final Channel[] CHANNELS = Arrays.stream(Channel.values())
            .filter(channel -> !channel.wireName().isEmpty())
            .toArray(Channel[]::new);
    private static final byte[][] CHANNEL_NAMES =
            Text.words(Arrays.stream(CHANNELS).map(Channel::wireName).toArray(String[]::new));

    private final FrameReader in = new FrameReader();
    private final Keys keys = new Keys("channel", "data");
    private final Text channelName = new Text();
    private final Refusals refusals;
    private final Counter[] frames = new Counter[Channel.values().length];
    private final Fields message;
    private final TradesDecoder trades;
    private final BookDecoder book;
    private final BookDecoder bbo;
    private final MidsDecoder mids;
    private final CandleDecoder candle;
    private final ContextDecoder perpContext;
    private final ContextDecoder spotContext;
    private final AckDecoder ack;

    public HyperliquidDecoder(SymbolTable symbols, Instruments instruments, Counters counters) {
        for (Channel channel : Channel.values()) {
            String label = counterLabel(channel);
            frames[channel.ordinal()] = counters.counter("codec.frames." + label, "Frames decoded as " + label);
        }
        refusals = new Refusals(counters);
        message = new Fields(refusals, 1, "channel", "data");
        trades = new TradesDecoder(symbols, instruments, refusals);
        book = BookDecoder.l2Book(symbols, instruments, refusals);
        bbo = BookDecoder.bbo(symbols, instruments, refusals);
        mids = new MidsDecoder(symbols, refusals);
        candle = new CandleDecoder(symbols, refusals);
        perpContext = ContextDecoder.perp(symbols, refusals);
        spotContext = ContextDecoder.spot(symbols, refusals);
        ack = new AckDecoder(symbols, refusals);
    }

    /** Decodes the first {@code length} bytes; what {@code into} held before is gone. */
    public void decode(byte[] bytes, int length, DecodedFrame into) {
        into.clear();
        refusals.begin();
        message.begin();
        try {
            message(bytes, length, into);
            into.refused = refusals.commit();
        } catch (IOException notJson) {
            into.breakOff();
            into.greeting = Arrays.equals(bytes, 0, length, GREETING, 0, GREETING.length);
        }
        frames[into.channel.ordinal()].increment();
    }

    private void message(byte[] bytes, int length, DecodedFrame into) throws IOException {
        Channel channel = null;
        boolean dataFirst = false;
        in.start(bytes, length);
        for (boolean more = in.enterObject(); more; more = in.nextMember()) {
            switch (message.next(in)) {
                case CHANNEL -> {
                    channel = channel();
                    into.begunAs = channel;
                }
                case DATA -> {
                    if (channel == null) {
                        dataFirst = true;
                        in.skip();
                    } else {
                        data(channel, into);
                    }
                }
                default -> in.skip();
            }
        }
        if (message.end() != null) {
            into.begunAs = Channel.NOT_A_MESSAGE; // it names two, or none
            throw in.notJson();
        }
        into.channel = channel;
        if (dataFirst) {
            decodeDataAgain(bytes, length, channel, into);
        } else if (!message.hasSeen(DATA) && needsData(channel)) {
            refusals.add(RefusalReason.MISSING);
        }
    }

    /** The rare frame whose data stand before their channel: the bytes are JSON by now, so its end does not matter. */
    private void decodeDataAgain(byte[] bytes, int length, Channel channel, DecodedFrame into) throws IOException {
        in.start(bytes, length);
        for (boolean more = in.enterObject(); more; more = in.nextMember()) {
            if (in.name(keys) == DATA) {
                data(channel, into);
                return;
            }
            in.skip();
        }
    }

    private Channel channel() throws IOException {
        in.string(channelName);
        int index = channelName.indexIn(CHANNEL_NAMES);
        return index < 0 ? Channel.UNKNOWN : CHANNELS[index];
    }

    private void data(Channel channel, DecodedFrame into) throws IOException {
        switch (channel) {
            case TRADES -> trades.decode(in, into.trades);
            case L2_BOOK -> book.decode(in, into.book);
            case BBO -> bbo.decode(in, into.bbo);
            case ALL_MIDS -> mids.decode(in, into.mids);
            case CANDLE -> candle.decode(in, into.candle);
            case ASSET_CONTEXT -> perpContext.decode(in, into.context);
            case SPOT_ASSET_CONTEXT -> spotContext.decode(in, into.context);
            case ACK -> ack.decode(in, into.ack);
            case PONG, ERROR, UNKNOWN, NOT_A_MESSAGE -> in.skip();
        }
    }

    private static boolean needsData(Channel channel) {
        return switch (channel) {
            case PONG, ERROR, UNKNOWN, NOT_A_MESSAGE -> false;
            default -> true;
        };
    }

    private static String counterLabel(Channel channel) {
        return switch (channel) {
            case UNKNOWN -> "unknown";
            case NOT_A_MESSAGE -> "not-a-message";
            default -> channel.wireName();
        };
    }
}
