package dev.millrace.order;

import dev.millrace.market.Candle;
import dev.millrace.market.Gap;
import dev.millrace.market.GapSink;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;

/**
 * Proves losses by the venue's own count: when a final 1m candle counts more trades than were accepted in its minute and
 * the minute touches an unproven gap, that gap is reported again as proven. A candle is final when one with a later start
 * comes. Minutes that began before the symbol's coverage prove nothing. Market thread.
 */
public final class VenueCounts implements GapSink {

    private static final long MINUTE_MS = 60_000L;
    /** Minutes remembered a symbol: the last frame of a candle comes within seconds of its end. */
    private static final int MINUTES = 16;
    /** Unproven gaps remembered; candles settle them within minutes. */
    private static final int GAPS = 256;

    private final GapSink next;
    private final ArrayDeque<Gap> unproven = new ArrayDeque<>();
    private Minutes[] bySymbol = new Minutes[64];

    public VenueCounts(GapSink next) {
        this.next = next;
    }

    @Override
    public void onGap(Gap gap, long receiveNs) {
        if (gap.evidence() == Gap.Evidence.UNPROVEN) {
            if (unproven.size() == GAPS) {
                unproven.removeFirst();
            }
            unproven.add(gap);
        }
        next.onGap(gap, receiveNs);
    }

    /** A trade was accepted. */
    public void onTrade(int symbol, long timeMs) {
        minutes(symbol).count(timeMs - Math.floorMod(timeMs, MINUTE_MS));
    }

    /**
     * A valid candle came.
     *
     * @param firstCoveredMs where the symbol's coverage first began
     */
    public void onCandle(Candle candle, String symbolName, long firstCoveredMs, long receiveNs) {
        if (candle.intervalMs != MINUTE_MS) {
            return;
        }
        Minutes minutes = minutes(candle.symbol);
        if (candle.startMs > minutes.candleStartMs && minutes.candleStartMs >= firstCoveredMs) {
            settle(minutes, symbolName, receiveNs);
        }
        if (candle.startMs >= minutes.candleStartMs) {
            minutes.candleStartMs = candle.startMs;
            minutes.candleCount = candle.tradeCount;
        }
    }

    private void settle(Minutes minutes, String symbolName, long receiveNs) {
        if (unproven.isEmpty() || minutes.candleCount <= minutes.accepted(minutes.candleStartMs)) {
            return;
        }
        long start = minutes.candleStartMs;
        for (Iterator<Gap> all = unproven.iterator(); all.hasNext(); ) {
            Gap gap = all.next();
            if (gap.symbol().equals(symbolName) && gap.fromMs() < start + MINUTE_MS && gap.toMs() > start) {
                all.remove();
                next.onGap(gap.proven(), receiveNs);
            }
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
        private final long[] start = new long[MINUTES];
        private final int[] accepted = new int[MINUTES];
        long candleStartMs = Long.MIN_VALUE;
        long candleCount;

        void count(long minuteMs) {
            int at = at(minuteMs);
            if (start[at] < minuteMs) {
                start[at] = minuteMs;
                accepted[at] = 0;
            }
            if (start[at] == minuteMs) {
                accepted[at]++;
            }
        }

        /** Accepted trades of a minute; the maximum when the minute is no longer remembered, so that it proves nothing. */
        long accepted(long minuteMs) {
            int at = at(minuteMs);
            if (start[at] > minuteMs) {
                return Long.MAX_VALUE;
            }
            return start[at] == minuteMs ? accepted[at] : 0;
        }

        private static int at(long minuteMs) {
            return (int) Math.floorMod(minuteMs / MINUTE_MS, (long) MINUTES);
        }
    }
}
