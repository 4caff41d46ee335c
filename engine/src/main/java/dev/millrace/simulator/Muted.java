package dev.millrace.simulator;

import dev.millrace.market.Channel;
import dev.millrace.market.Subscription;
import java.util.HashSet;
import java.util.Set;

/** Drops a subscription's frames until what heals it: an acknowledgement after it fell mute, or another socket. */
final class Muted implements FrameFault {

    private final boolean healedFromTheStart;
    private final boolean healsByAck;
    private final Set<Subscription> muted = new HashSet<>();
    private final Set<Subscription> healed = new HashSet<>();

    /**
     * @param heals never, resubscribe or reconnect
     * @param late whether this socket was opened after the fault began
     */
    Muted(String heals, boolean late) {
        healedFromTheStart = late && heals.equals("reconnect");
        healsByAck = heals.equals("resubscribe");
    }

    @Override
    public void take(OutFrame frame, FrameLine line) {
        Subscription subscription = frame.subscription().orElseThrow();
        if (healedFromTheStart || healed.contains(subscription)) {
            line.send(frame);
        } else {
            muted.add(subscription);
        }
    }

    @Override
    public void pass(OutFrame frame, FrameLine line) {
        if (healsByAck && frame.isAck() && frame.text().contains("\"method\":\"subscribe\"")) {
            muted.stream()
                    .filter(subscription -> isOf(frame.text(), subscription))
                    .forEach(healed::add);
        }
        line.send(frame);
    }

    private static boolean isOf(String ack, Subscription subscription) {
        boolean book = subscription.channel() == Channel.L2_BOOK;
        return ack.contains("\"type\":\"" + subscription.channel().wireName() + '"')
                && (subscription.coin().isEmpty() || ack.contains("\"coin\":\"" + subscription.coin() + '"'))
                && (!book || ack.contains("\"fast\":" + subscription.fast()));
    }
}
