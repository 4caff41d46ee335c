package dev.millrace.order;

import dev.millrace.market.CandleAnswer;
import dev.millrace.market.CandleInterval;
import dev.millrace.market.CandleRead;
import dev.millrace.market.Gap;
import dev.millrace.market.Gap.Part;
import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;
import dev.millrace.market.VenueCandle;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A gap, what of it nothing fills yet, and which candles are still wanted.
 *
 * <p>A final candle of a minute fills that minute; so does, of a coin that is listed, its absence on two reads 2 min apart. A
 * longer candle fills what the venue no longer keeps shorter ones of. Where each of its minutes counts as many trades as came,
 * nothing was lost. Market thread.
 */
final class OpenGap {

    private static final long MINUTE_MS = 60_000;

    /** Ascending intervals; the first is a minute. */
    private final List<IntervalReads> reads = new ArrayList<>();

    private Gap gap;
    private List<Part> missing;
    /** Where the exchange has not confirmed that the trades which came are all there are. */
    private List<Part> unconfirmed;

    private boolean wasAsked;

    /** @param intervals ascending, the first is a minute */
    OpenGap(Gap gap, List<CandleInterval> intervals) {
        this(gap);
        intervals.forEach(interval -> reads.add(new IntervalReads(gap, interval)));
    }

    private OpenGap(Gap gap) {
        this.gap = gap;
        missing = List.of(new Part(gap.fromMs(), gap.toMs()));
        unconfirmed = missing;
    }

    Gap gap() {
        return gap;
    }

    /** The same stretch was reported again: it may be proven now. */
    void onReport(Gap again) {
        if (again.evidence() == Gap.Evidence.PROVEN && gap.evidence() == Gap.Evidence.UNPROVEN) {
            gap = gap.proven();
        }
    }

    /** Whether some of the gap lies in this stretch. */
    boolean touches(String coin, long fromMs, long toMs) {
        return gap.symbol().equals(coin) && gap.fromMs() < toMs && gap.toMs() > fromMs;
    }

    /**
     * Takes an answer of the exchange for its coin.
     *
     * @param listed whether the coin still is: of another one, absent candles prove nothing
     * @return whether more is known of the gap now
     */
    boolean onCandles(CandleAnswer answer, boolean listed, AcceptedTrades accepted) {
        for (int at = 0; at < reads.size(); at++) {
            if (reads.get(at).interval() == answer.interval()) {
                return onCandles(at, answer, listed, accepted);
            }
        }
        return false;
    }

    private boolean onCandles(int at, CandleAnswer answer, boolean listed, AcceptedTrades accepted) {
        IntervalReads of = reads.get(at);
        boolean again = of.wasReadBefore(answer.venueMs());
        of.onAnswer(answer);
        wasAsked = true;
        Set<Long> told = new HashSet<>();
        for (VenueCandle candle : answer.candles()) {
            told.add(candle.startMs());
            boolean finest = at == 0 || reads.get(at - 1).isOutOfReach(candle.startMs(), answer.venueMs());
            if (finest && candle.endMs() + IntervalReads.FINAL_MS <= answer.venueMs()) {
                fill(candle.startMs(), candle.endMs());
                confirm(at, candle.startMs(), candle.tradeCount(), accepted);
            }
        }
        if (at == 0 && again && listed && answer.whole()) {
            fillAbsent(answer, told, accepted);
        }
        return update();
    }

    private void fillAbsent(CandleAnswer answer, Set<Long> told, AcceptedTrades accepted) {
        IntervalReads minutes = reads.get(0);
        long askedMs = minutes.interval().startOf(answer.fromMs() + MINUTE_MS - 1);
        long endMs = Math.min(answer.toMs(), minutes.toMs());
        for (long ms = Math.max(askedMs, minutes.fromMs()); ms + MINUTE_MS <= endMs; ms += MINUTE_MS) {
            if (!told.contains(ms) && !minutes.isOutOfReach(ms, answer.venueMs())) {
                fill(ms, ms + MINUTE_MS);
                confirm(0, ms, 0, accepted);
            }
        }
    }

    private void fill(long fromMs, long toMs) {
        missing = without(missing, fromMs, toMs);
    }

    private void confirm(int at, long startMs, long trades, AcceptedTrades accepted) {
        long endMs = startMs + MINUTE_MS;
        if (at == 0 && touches(gap.symbol(), startMs, endMs) && accepted.of(gap.symbol(), startMs) == trades) {
            unconfirmed = without(unconfirmed, startMs, endMs);
        }
    }

    private static List<Part> without(List<Part> parts, long fromMs, long toMs) {
        if (parts.stream().noneMatch(part -> part.fromMs() < toMs && part.toMs() > fromMs)) {
            return parts;
        }
        List<Part> left = new ArrayList<>();
        for (Part part : parts) {
            left.add(new Part(part.fromMs(), Math.min(part.toMs(), fromMs)));
            left.add(new Part(Math.max(part.fromMs(), toMs), part.toMs()));
        }
        left.removeIf(part -> part.fromMs() >= part.toMs());
        return left;
    }

    private boolean update() {
        Gap before = gap;
        if (unconfirmed.isEmpty()) {
            gap = gap.disproven();
        } else if (!gap.repaired() && !missing.equals(List.of(new Part(gap.fromMs(), gap.toMs())))) {
            gap = gap.filledBut(missing);
        }
        return !gap.equals(before);
    }

    /** Nothing more will be asked for. Whether that leaves something open, and it was not told yet. */
    boolean giveUp() {
        Gap before = gap;
        if (!gap.repaired() && wasAsked) {
            gap = gap.filledBut(missing);
        }
        return !gap.equals(before);
    }

    /** Whether no more candles will be wanted. */
    boolean isOver(long nowMs) {
        return reads.stream().allMatch(of -> of.isOver(nowMs));
    }

    /** What is to be read now. */
    List<CandleRead> due(long nowMs) {
        return reads.stream()
                .map(of -> of.due(gap.symbol(), nowMs))
                .flatMap(Optional::stream)
                .toList();
    }

    void writeTo(StateWriter out) {
        gap.writeTo(out);
        Part.writeAll(missing, out);
        Part.writeAll(unconfirmed, out);
        out.writeFlag(wasAsked);
        out.writeInt(reads.size());
        for (int i = 0; i < reads.size(); i++) {
            reads.get(i).writeTo(out);
        }
    }

    static OpenGap readFrom(StateReader in) {
        OpenGap open = new OpenGap(Gap.readFrom(in));
        open.missing = Part.readAll(in);
        open.unconfirmed = Part.readAll(in);
        open.wasAsked = in.readFlag();
        for (int left = in.count(2 * Long.BYTES); left > 0; left--) {
            open.reads.add(IntervalReads.readFrom(open.gap, in));
        }
        return open;
    }
}
