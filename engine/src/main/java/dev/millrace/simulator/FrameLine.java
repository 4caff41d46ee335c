package dev.millrace.simulator;

/** What a fault can do with a socket: the way on for frames, and its end. */
interface FrameLine {

    /** A frame that is to go out later. */
    interface Held {
        /** Sends it now, if it has not gone. */
        void go();

        boolean isGone();
    }

    void send(OutFrame frame);

    /** Sends it so many ns later, unless it is told to go before. */
    Held later(long delayNs, OutFrame frame);

    /** Ends the socket behind what was sent, or at once by RST. */
    void end(boolean reset);

    /** Neither reads nor sends from now on; the TCP connection stays. */
    void silence();
}
