package dev.millrace.order;

import dev.millrace.market.Candle;
import dev.millrace.market.Gap;
import dev.millrace.market.GapSink;
import dev.millrace.market.StatePart;
import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Proves losses by the venue's own count: when a final 1m candle counts more trades than were accepted in its minute and
 * the minute touches an unproven gap, and all of it outside that gap is covered, that gap is reported again as proven. A
 * candle is final when one with a later start comes. Minutes that began before the symbol's coverage prove nothing. Market thread.
 */
public final class VenueCounts implements GapSink, StatePart {

    private static final long MINUTE_MS = 60_000L;
    /** Unproven gaps remembered; candles settle them within minutes. */
    private static final int GAPS = 256;

    private static final int END = -1;

    private final GapSink next;
    /** Oldest first. */
    private final List<Gap> unproven = new ArrayList<>();

    private Minutes[] bySymbol = new Minutes[64];

    public VenueCounts(GapSink next) {
        this.next = next;
    }

    @Override
    public void onGap(Gap gap, long receiveNs) {
        if (gap.evidence() == Gap.Evidence.UNPROVEN) {
            if (unproven.size() == GAPS) {
                unproven.remove(0);
            }
            unproven.add(gap);
        }
        next.onGap(gap, receiveNs);
    }

    /** A trade was accepted. */
    public void onTrade(int symbol, long timeMs) {
        minutes(symbol).accepted.count(timeMs - Math.floorMod(timeMs, MINUTE_MS));
    }

    /**
     * A valid candle came.
     *
     * @param coverage of the symbol's trades: where it first began, and what of a minute it holds
     */
    public void onCandle(Candle candle, String symbolName, Coverage coverage, long receiveNs) {
        if (candle.intervalMs != MINUTE_MS) {
            return;
        }
        Minutes minutes = minutes(candle.symbol);
        if (candle.startMs > minutes.candleStartMs && minutes.candleStartMs >= coverage.firstCoveredMs(candle.symbol)) {
            settle(minutes, candle.symbol, symbolName, coverage, receiveNs);
        }
        if (candle.startMs >= minutes.candleStartMs) {
            minutes.candleStartMs = candle.startMs;
            minutes.candleCount = candle.tradeCount;
        }
    }

    private void settle(Minutes minutes, int symbol, String symbolName, Coverage coverage, long receiveNs) {
        if (unproven.isEmpty() || minutes.candleCount <= minutes.accepted.of(minutes.candleStartMs)) {
            return;
        }
        long start = minutes.candleStartMs;
        for (int i = 0; i < unproven.size(); ) {
            Gap gap = unproven.get(i);
            if (gap.symbol().equals(symbolName)
                    && gap.fromMs() < start + MINUTE_MS
                    && gap.toMs() > start
                    && coverage.isCoveredBeside(symbol, start, start + MINUTE_MS, gap)) {
                unproven.remove(i);
                next.onGap(gap.proven(), receiveNs);
            } else {
                i++;
            }
        }
    }

    /** Accepted trades of a minute; {@link Long#MAX_VALUE} when it is no longer remembered. */
    long accepted(int symbol, long minuteMs) {
        return minutes(symbol).accepted.of(minuteMs);
    }

    @Override
    public String stateTag() {
        return "CNTS";
    }

    @Override
    public void writeTo(StateWriter out) {
        out.writeInt(unproven.size());
        for (int i = 0; i < unproven.size(); i++) {
            unproven.get(i).writeTo(out);
        }
        for (int symbol = 0; symbol < bySymbol.length; symbol++) {
            if (bySymbol[symbol] != null) {
                out.writeInt(symbol);
                bySymbol[symbol].writeTo(out);
            }
        }
        out.writeInt(END);
    }

    @Override
    public void readFrom(StateReader in) {
        for (int left = in.count(Long.BYTES); left > 0; left--) {
            unproven.add(Gap.readFrom(in));
        }
        for (int symbol = in.readInt(); symbol != END; symbol = in.readInt()) {
            minutes(in.checkId(symbol)).readFrom(in);
        }
    }

    private Minutes minutes(int symbol) {
        if (symbol >= bySymbol.length) {
            bySymbol = Arrays.copyOf(bySymbol, Math.max(symbol + 1, bySymbol.length * 2));
        }
        if (bySymbol[symbol] == null) {
            bySymbol[symbol] = new Minutes();
        }
        return bySymbol[symbol];
    }

    /** Accepted trades of the last minutes of one symbol, and the newest candle seen. */
    private static final class Minutes {
        final AcceptedMinutes accepted = new AcceptedMinutes();
        long candleStartMs = Long.MIN_VALUE;
        long candleCount;

        void writeTo(StateWriter out) {
            accepted.writeTo(out);
            out.writeLong(candleStartMs);
            out.writeLong(candleCount);
        }

        void readFrom(StateReader in) {
            accepted.readFrom(in);
            candleStartMs = in.readLong();
            candleCount = in.readLong();
        }
    }
}
