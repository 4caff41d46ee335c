package dev.millrace.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;

/**
 * Sends frames later, in their order, as a slow network does: when it is over, what is still held goes out at once, ahead of
 * the first frame that is not.
 */
final class Delayed implements FrameFault {

    private final long byNs;
    private final Predicate<OutFrame> concerned;
    private final Deque<FrameLine.Held> held = new ArrayDeque<>();

    /** @param concerned frames that it would take while it acts */
    Delayed(long byNs, Predicate<OutFrame> concerned) {
        this.byNs = byNs;
        this.concerned = concerned;
    }

    @Override
    public void take(OutFrame frame, FrameLine line) {
        while (!held.isEmpty() && held.peek().isGone()) {
            held.remove();
        }
        held.add(line.later(byNs, frame));
    }

    @Override
    public void pass(OutFrame frame, FrameLine line) {
        if (concerned.test(frame)) {
            held.forEach(FrameLine.Held::go);
            held.clear();
        }
        line.send(frame);
    }
}
