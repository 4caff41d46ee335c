package dev.millrace.simulator;

/** What feeds one socket; called on the event loop only. */
interface FrameStream {

    /** A subscription was acknowledged. */
    void add(Topic topic);

    /** A subscription ended. */
    void remove(Topic topic);

    /** The socket takes bytes again. */
    default void onWritable() {}

    /** Nothing more may be sent. */
    void close();
}
