package dev.millrace.simulator;

/** What a fault does to a socket's frames. */
@FunctionalInterface
interface FrameFault {

    /** A frame that it takes. */
    void take(OutFrame frame, FrameLine line);

    /** Any other frame. */
    default void pass(OutFrame frame, FrameLine line) {
        line.send(frame);
    }
}
