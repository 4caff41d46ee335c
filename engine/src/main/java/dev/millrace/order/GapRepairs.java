package dev.millrace.order;

import dev.millrace.config.BarsConfig;
import dev.millrace.market.CandleAnswer;
import dev.millrace.market.CandleInterval;
import dev.millrace.market.CandleRead;
import dev.millrace.market.Gap;
import dev.millrace.market.GapSink;
import dev.millrace.market.StatePart;
import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;
import dev.millrace.market.Timeframe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * Gaps in trades that the exchange's candles may still fill: which candles are wanted, and what those that came leave open.
 * Each gap is told again when more is known of it. It sees journaled answers alone, whoever asked for them, so that a replay
 * tells the same, and a start asks for nothing that was answered before. Market thread, but for {@link #due}.
 */
public final class GapRepairs implements GapSink, StatePart {

    /** Gaps at a time; beyond it the oldest is given up. */
    private static final int MOST = 1_024;

    private static final long LOOK_MS = 5_000;
    /** A coin that is gone gives no more candles: its gaps are left alone so long after their end. */
    private static final long GONE_MS = 7_200_000;

    private final VenueClock clock;
    private final AcceptedTrades accepted;
    private final Predicate<String> listed;
    private final GapSink next;
    /** Oldest first. */
    private final List<OpenGap> open = new ArrayList<>();

    private List<CandleInterval> intervals;
    private long lookMs = Long.MIN_VALUE;
    private volatile List<CandleRead> due = List.of();

    /**
     * @param counts how many trades of a minute were accepted
     * @param ids of symbols
     * @param listed whether the venue lists a coin
     */
    public GapRepairs(
            BarsConfig bars,
            VenueClock clock,
            VenueCounts counts,
            ToIntFunction<String> ids,
            Predicate<String> listed,
            GapSink next) {
        this.clock = clock;
        accepted = (coin, minuteMs) -> counts.accepted(ids.applyAsInt(coin), minuteMs);
        this.listed = listed;
        this.next = next;
        configure(bars);
    }

    /** Takes the settings of a session header: later gaps want candles as long as these bars. */
    public void configure(BarsConfig bars) {
        List<String> labels = bars.timeframes().stream().map(Timeframe::label).toList();
        intervals = Stream.concat(
                        Stream.of(CandleInterval.ONE_MINUTE),
                        Arrays.stream(CandleInterval.values())
                                .filter(interval ->
                                        interval != CandleInterval.ONE_MINUTE && labels.contains(interval.label())))
                .toList();
    }

    /** The candles to ask for now. Any thread. */
    public List<CandleRead> due() {
        return due;
    }

    @Override
    public void onGap(Gap gap, long receiveNs) {
        if (!gap.stream().equals(Coverage.TRADES) || gap.toMs() <= gap.fromMs()) {
            next.onGap(gap, receiveNs);
            return;
        }
        for (OpenGap known : open) {
            if (known.gap().isAbout(gap)) {
                known.onReport(gap);
                next.onGap(known.gap(), receiveNs);
                return;
            }
        }
        next.onGap(gap, receiveNs);
        if (open.size() == MOST) {
            giveUp(open.remove(0), receiveNs);
        }
        open.add(new OpenGap(gap, intervals));
        lookMs = Long.MIN_VALUE;
    }

    /** Whether a gap lies in this stretch of the coin's time, venue's ms. */
    public boolean touches(String coin, long fromMs, long toMs) {
        for (OpenGap gap : open) {
            if (gap.touches(coin, fromMs, toMs)) {
                return true;
            }
        }
        return false;
    }

    /** The exchange answered. */
    public void onCandles(CandleAnswer answer, long receiveNs) {
        boolean isListed = listed.test(answer.coin());
        for (OpenGap gap : open) {
            if (gap.touches(answer.coin(), answer.fromMs(), answer.toMs())
                    && gap.onCandles(answer, isListed, accepted)) {
                next.onGap(gap.gap(), receiveNs);
            }
        }
        lookMs = Long.MIN_VALUE;
    }

    /** Called after each record: lets go of what needs no more candles. */
    public void onRecord(long receiveNs) {
        if (clock.nowMs() < lookMs || (open.isEmpty() && due.isEmpty())) {
            return;
        }
        long nowMs = clock.nowMs();
        lookMs = nowMs + LOOK_MS;
        for (int i = 0; i < open.size(); ) {
            OpenGap gap = open.get(i);
            if (gap.isOver(nowMs) || isGone(gap.gap(), nowMs)) {
                open.remove(i);
                giveUp(gap, receiveNs);
            } else {
                i++;
            }
        }
        publish(nowMs);
    }

    private void publish(long nowMs) {
        List<CandleRead> reads = new ArrayList<>();
        for (OpenGap gap : open) {
            reads.addAll(gap.due(nowMs));
        }
        due = List.copyOf(reads);
    }

    private boolean isGone(Gap gap, long nowMs) {
        return nowMs - gap.toMs() > GONE_MS && !listed.test(gap.symbol());
    }

    private void giveUp(OpenGap gap, long receiveNs) {
        if (gap.giveUp()) {
            next.onGap(gap.gap(), receiveNs);
        }
    }

    @Override
    public String stateTag() {
        return "REPR";
    }

    @Override
    public void writeTo(StateWriter out) {
        out.writeLong(lookMs);
        out.writeInt(open.size());
        for (int i = 0; i < open.size(); i++) {
            open.get(i).writeTo(out);
        }
    }

    @Override
    public void readFrom(StateReader in) {
        lookMs = in.readLong();
        for (int left = in.count(Long.BYTES); left > 0; left--) {
            open.add(OpenGap.readFrom(in));
        }
        publish(clock.nowMs());
    }
}
