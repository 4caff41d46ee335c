package dev.millrace.lives;

import dev.millrace.market.Channel;
import dev.millrace.market.Subscription;
import dev.millrace.pipeline.Frames.VenueTrade;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** Which faults a life has, and those that befall single frames. */
final class Faults {

    /** What can go wrong. */
    enum Fault {
        CUT,
        REFUSE,
        HALF_OPEN,
        MUTE,
        STALL,
        DUPLICATE,
        LATE,
        MALFORMED,
        FRAGMENT,
        UNKNOWN_COIN,
        RING_FULL,
        CLOCK_STEP,
        REPLACE,
        RESTART,
        KILL,
        POWER_LOSS,
        CLOCK_JUMP
    }

    /** Of frames, while it lasts. */
    private static final int ONE_IN = 60;

    final Set<Fault> chosen = EnumSet.noneOf(Fault.class);
    /** How often each came. */
    final Map<Fault, Integer> met = new EnumMap<>(Fault.class);

    private final SplittableRandom random;
    private boolean active = true;
    private boolean refuses;

    Faults(SplittableRandom random) {
        this.random = random;
        int share = 1 + random.nextInt(3);
        for (Fault fault : Fault.values()) {
            if (fault != Fault.CLOCK_JUMP && random.nextInt(4) < share) { // ClockJumps draws these
                chosen.add(fault);
            }
        }
    }

    void end() {
        active = false;
        refuses = false;
    }

    void met(Fault fault) {
        met.merge(fault, 1, Integer::sum);
    }

    void refuse(boolean on) {
        refuses = on;
    }

    boolean refuses() {
        return refuses;
    }

    boolean fragments() {
        return befalls(Fault.FRAGMENT);
    }

    private boolean befalls(Fault fault) {
        boolean befalls = active && chosen.contains(fault) && random.nextInt(ONE_IN) == 0;
        if (befalls) {
            met(fault);
        }
        return befalls;
    }

    /** Sends a frame, or what a fault makes of it. */
    void disturb(VenueSession session, Subscription subscription, String text, List<VenueTrade> trades) {
        if (befalls(Fault.MALFORMED)) {
            session.send(broken(text), trades);
        } else if (subscription.channel() == Channel.TRADES && befalls(Fault.LATE)) {
            session.sendLate(text, trades, 100 + random.nextInt(2_000));
        } else {
            session.send(text, trades);
            if (befalls(Fault.DUPLICATE)) {
                session.send(text, trades);
            }
        }
    }

    private String broken(String text) {
        return switch (random.nextInt(4)) {
            case 0 -> text.substring(0, random.nextInt(text.length()));
            case 1 -> text.replaceFirst("\"px\":\"[^\"]*", "\"px\":\"-1");
            case 2 -> text.replaceFirst("\"coin\"", "\"coim\"");
            default -> text.replaceFirst("\"time\":", "\"time\":x");
        };
    }
}
