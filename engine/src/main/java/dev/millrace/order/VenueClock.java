package dev.millrace.order;

import dev.millrace.config.ClockConfig;
import dev.millrace.market.StatePart;
import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;

/**
 * The venue's clock, computed from the stream alone.
 *
 * <p>E is the greatest accepted exchange time and R the receive time of the record that set it. After a record with
 * receive time r the clock is at least {@code E + min(max(r − R, 0), maxCarry)}; beyond that it goes on by differences
 * of receive time as long as none exceeds {@code maxStep}. A larger one is counted and stops it until the next E. It
 * never goes back. Market thread.
 */
public final class VenueClock implements StatePart {

    /** The clock before the first exchange time. */
    public static final long UNSET = Long.MIN_VALUE;

    private static final long NS_PER_MS = 1_000_000L;

    private long maxCarryNs;
    private long maxStepNs;
    private long maxAheadMs;

    private long nowMs = UNSET;
    private long exchangeMs = UNSET;
    private long exchangeReceiveNs;
    private long previousReceiveNs;
    private long beyondCarryNs;
    private boolean stopped;
    private long largeSteps;

    public VenueClock(ClockConfig config) {
        configure(config);
    }

    /** Takes the settings of a session header. */
    public void configure(ClockConfig config) {
        maxCarryNs = config.maxCarry().toNanos();
        maxStepNs = config.maxStep().toNanos();
        maxAheadMs = config.maxAhead().toMillis();
    }

    /** Exchange time now, ms; {@link #UNSET} before the first. */
    public long nowMs() {
        return nowMs;
    }

    /** The greatest accepted exchange time, ms; {@link #UNSET} before the first. */
    public long exchangeMs() {
        return exchangeMs;
    }

    /** Steps of receive time that were too large to be believed, since this object was made. */
    public long largeSteps() {
        return largeSteps;
    }

    /** Whether this exchange time lies further ahead than the stream makes plausible. */
    public boolean isAhead(long timeMs, long receiveNs) {
        return exchangeMs != UNSET && isBeyond(timeMs, receiveNs, exchangeMs, exchangeReceiveNs);
    }

    /** Whether an exchange time lies further ahead of one seen at {@code fromNs} than is plausible. */
    boolean isBeyond(long timeMs, long receiveNs, long fromMs, long fromNs) {
        return timeMs > carriedMs(fromMs, fromNs, receiveNs) + maxAheadMs;
    }

    /** Whether two exchange times, each seen at its receive time, tell the same clock. */
    boolean agree(long earlierMs, long earlierNs, long laterMs, long laterNs) {
        return Math.abs(laterMs - carriedMs(earlierMs, earlierNs, laterNs)) <= maxAheadMs;
    }

    /** Accepts an exchange time; an older one than E changes nothing. */
    public void onExchangeTime(long timeMs, long receiveNs) {
        if (timeMs > exchangeMs) {
            exchangeMs = timeMs;
            exchangeReceiveNs = receiveNs;
            beyondCarryNs = 0;
            stopped = false;
        }
    }

    /** Called once after each record, with its exchange time already accepted. */
    public void onRecord(long receiveNs) {
        if (exchangeMs != UNSET) {
            long elapsedNs = Math.max(receiveNs - exchangeReceiveNs, 0);
            if (elapsedNs > maxCarryNs) {
                goOnBeyondCarry(receiveNs - previousReceiveNs, elapsedNs - maxCarryNs);
            }
            long carryNs = Math.min(elapsedNs, maxCarryNs) + beyondCarryNs;
            nowMs = Math.max(nowMs, exchangeMs + carryNs / NS_PER_MS);
        }
        previousReceiveNs = receiveNs;
    }

    @Override
    public String stateTag() {
        return "CLCK";
    }

    @Override
    public void writeTo(StateWriter out) {
        out.writeLong(nowMs);
        out.writeLong(exchangeMs);
        out.writeLong(exchangeReceiveNs);
        out.writeLong(previousReceiveNs);
        out.writeLong(beyondCarryNs);
        out.writeFlag(stopped);
    }

    @Override
    public void readFrom(StateReader in) {
        nowMs = in.readLong();
        exchangeMs = in.readLong();
        exchangeReceiveNs = in.readLong();
        previousReceiveNs = in.readLong();
        beyondCarryNs = in.readLong();
        stopped = in.readFlag();
    }

    private void goOnBeyondCarry(long stepNs, long beyondNs) {
        if (stopped || stepNs <= 0) {
            return;
        }
        if (stepNs > maxStepNs) {
            stopped = true;
            largeSteps++;
        } else {
            beyondCarryNs += Math.min(stepNs, beyondNs);
        }
    }

    private static long carriedMs(long timeMs, long fromNs, long toNs) {
        return timeMs + Math.max(toNs - fromNs, 0) / NS_PER_MS;
    }
}
