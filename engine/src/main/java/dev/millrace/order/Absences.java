package dev.millrace.order;

import dev.millrace.market.Channel;
import dev.millrace.market.Gap;
import dev.millrace.market.Gap.Evidence;
import dev.millrace.market.GapSink;
import dev.millrace.market.StatePart;
import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;
import java.util.function.IntFunction;

/**
 * The stretches in which a stream that is no stream of trades was silent although it should not be, or came and could not
 * be decoded: a gap each, told when it begins and once more, whole, when it has ended. Times are venue time in ms. Market
 * thread.
 */
public final class Absences implements StatePart {

    private static final Channel[] CHANNELS = Channel.values();

    private final Stretches[] mute = new Stretches[CHANNELS.length];
    private final Stretches[] undecodable = new Stretches[CHANNELS.length];
    /** Whether any may be open. */
    private boolean open;

    /** @param names of symbols, by id */
    public Absences(IntFunction<String> names, GapSink gaps) {
        for (Channel channel : CHANNELS) {
            mute[channel.ordinal()] = stretches(channel, "mute", Evidence.UNPROVEN, names, gaps);
            undecodable[channel.ordinal()] = stretches(channel, "undecodable", Evidence.PROVEN, names, gaps);
        }
    }

    private static Stretches stretches(
            Channel channel, String cause, Evidence evidence, IntFunction<String> names, GapSink gaps) {
        String stream = channel.wireName();
        return new Stretches((symbol, fromMs, toMs, receiveNs) ->
                gaps.onGap(new Gap(names.apply(symbol), stream, fromMs, toMs, cause, evidence, false), receiveNs));
    }

    /** The stream has given nothing in {@code [fromMs, toMs)}, and should have. */
    public void onMute(int symbol, Channel channel, long fromMs, long toMs, long receiveNs) {
        open = true;
        mute[channel.ordinal()].onHole(symbol, fromMs, toMs, receiveNs);
    }

    /** Nothing is derived of what the stream gave in {@code [fromMs, toMs)}. */
    public void onUndecodable(int symbol, Channel channel, long fromMs, long toMs, long receiveNs) {
        open = true;
        undecodable[channel.ordinal()].onHole(symbol, fromMs, toMs, receiveNs);
    }

    /** The symbol's books are whole again from this time on: what is open of them reaches up to it. */
    public void onBooksBack(int symbol, long timeMs) {
        if (open) {
            extend(Channel.L2_BOOK, symbol, timeMs);
            extend(Channel.BBO, symbol, timeMs);
        }
    }

    private void extend(Channel channel, int symbol, long timeMs) {
        mute[channel.ordinal()].extend(symbol, timeMs);
        undecodable[channel.ordinal()].extend(symbol, timeMs);
    }

    /** Called after each record: tells what has ended. */
    public void onRecord(long clockMs, long receiveNs) {
        if (!open) {
            return;
        }
        open = false;
        for (int i = 0; i < CHANNELS.length; i++) {
            mute[i].onClock(clockMs, receiveNs);
            undecodable[i].onClock(clockMs, receiveNs);
            open |= mute[i].areOpen() || undecodable[i].areOpen();
        }
    }

    @Override
    public String stateTag() {
        return "ABSN";
    }

    @Override
    public void writeTo(StateWriter out) {
        for (int i = 0; i < CHANNELS.length; i++) {
            mute[i].writeTo(out);
            undecodable[i].writeTo(out);
        }
    }

    @Override
    public void readFrom(StateReader in) {
        for (int i = 0; i < CHANNELS.length; i++) {
            mute[i].readFrom(in);
            undecodable[i].readFrom(in);
        }
        open = true;
    }
}
