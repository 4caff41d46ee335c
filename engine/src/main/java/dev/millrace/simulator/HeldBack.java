package dev.millrace.simulator;

import java.util.ArrayList;
import java.util.List;

/** Holds a frame back until the next one of its subscription has gone out. */
final class HeldBack implements FrameFault {

    private final List<OutFrame> held = new ArrayList<>();

    @Override
    public void take(OutFrame frame, FrameLine line) {
        if (held.stream().anyMatch(other -> other.subscription().equals(frame.subscription()))) {
            pass(frame, line);
        } else {
            held.add(frame);
        }
    }

    @Override
    public void pass(OutFrame frame, FrameLine line) {
        line.send(frame);
        held.removeIf(other -> {
            boolean next = other.subscription().equals(frame.subscription());
            if (next) {
                line.send(other);
            }
            return next;
        });
    }
}
