package dev.millrace.simulator;

/** What a fault can do with a socket: the way on for frames, and its end. */
interface FrameLine {

    void send(OutFrame frame);

    /** Sends it so many ns later. */
    void later(long delayNs, OutFrame frame);

    /** Ends the socket behind what was sent, or at once by RST. */
    void end(boolean reset);

    /** Neither reads nor sends from now on; the TCP connection stays. */
    void silence();
}
