package dev.millrace.simulator;

import dev.millrace.market.Channel;
import dev.millrace.market.Subscription;
import dev.millrace.simulator.faults.Fault;
import dev.millrace.simulator.faults.FaultKind;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/** Which frames a fault could act upon, and what it then does. */
final class FrameFaults {

    private FrameFaults() {}

    static boolean concerns(Fault fault, OutFrame frame) {
        if (fault.kind().place() == FaultKind.Place.ACKS) {
            return frame.isAck()
                    && names(frame, "type", fault.text("channel"))
                    && names(frame, "coin", fault.text("coin"));
        }
        return frame.subscription()
                .filter(subscription ->
                        fault.allows("channel", subscription.channel().wireName())
                                && fault.allows("coin", subscription.coin())
                                && suits(fault, frame, subscription))
                .isPresent();
    }

    private static boolean names(OutFrame ack, String key, String value) {
        return value.isEmpty() || ack.text().contains('"' + key + "\":\"" + value + '"');
    }

    private static boolean suits(Fault fault, OutFrame frame, Subscription subscription) {
        boolean trades = subscription.channel() == Channel.TRADES;
        return switch (fault.kind()) {
            case LATE -> trades;
            case DUPLICATE -> trades || fault.text("what").equals("frame");
            case REORDER -> fault.text("what").equals("across") || (trades && FrameText.trades(frame.text()) > 1);
            case CADENCE ->
                fault.text("view").equals("any") || fault.text("view").equals("fast") == subscription.fast();
            default -> true;
        };
    }

    /** What it does to one socket. */
    static FrameFault of(ArmedFault armed, LongSupplier clock) {
        Fault fault = armed.fault();
        return switch (fault.kind()) {
            case STALL, MUTE -> new Muted(fault.text("heals"), armed.began());
            case NO_ACK -> (frame, line) -> {};
            case CUT -> (frame, line) -> line.end(fault.text("how").equals("rst"));
            case HALF_OPEN -> (frame, line) -> line.silence();
            case SLOW -> new Delayed(fault.nanos("by"), frame -> concerns(fault, frame));
            case LATE -> (frame, line) -> line.later(fault.nanos("by"), frame);
            case CADENCE -> new Thinned(fault.nanos("every"), clock);
            case DUPLICATE ->
                fault.text("what").equals("frame") ? FrameFaults::twice : changed(FrameText::firstTradeTwice);
            case REORDER -> fault.text("what").equals("across") ? new HeldBack() : changed(FrameText::turnedRound);
            case FRAGMENTED ->
                (frame, line) -> line.send(frame.withWire(Wire.fragments(frame.payload(), fault.count("parts"))));
            case HUGE -> (frame, line) -> added(frame, fault.count("bytes"), line);
            default -> ofText(fault);
        };
    }

    private static FrameFault ofText(Fault fault) {
        return switch (fault.kind()) {
            case MALFORMED -> changed(FrameText::malformed);
            case TRUNCATED -> fault.text("what").equals("text") ? changed(FrameText::halved) : FrameFaults::brokenOff;
            case WRONG_TYPE -> changed(text -> FrameText.wrongType(text, fault.text("field")));
            case UNKNOWN ->
                fault.text("what").equals("key")
                        ? changed(FrameText::withUnknownKeys)
                        : (frame, line) -> added(frame, 1, line);
            case CLOCK_JUMP -> {
                long shiftMs = TimeUnit.NANOSECONDS.toMillis(fault.nanos("by"));
                yield changed(text -> FrameText.shifted(text, shiftMs));
            }
            default -> throw new IllegalArgumentException(fault.kind().text() + " does not act on frames");
        };
    }

    private static FrameFault changed(UnaryOperator<String> change) {
        return (frame, line) -> line.send(frame.with(change));
    }

    private static void twice(OutFrame frame, FrameLine line) {
        line.send(frame);
        line.send(frame);
    }

    private static void added(OutFrame frame, int length, FrameLine line) {
        line.send(frame);
        line.send(frame.with(text -> FrameText.unknownChannel(length)));
    }

    private static void brokenOff(OutFrame frame, FrameLine line) {
        byte[] half = new byte[frame.wire().length / 2];
        System.arraycopy(frame.wire(), 0, half, 0, half.length);
        line.send(frame.withWire(half));
        line.end(false);
    }
}
