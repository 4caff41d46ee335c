package dev.millrace.simulator;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** The port that recordings come through: one reading from the first message to the last. One thread. */
public interface RecordedFrames extends Closeable {

    /** The next message, in recorded order; empty at the end. */
    Optional<RecordedFrame> next() throws IOException;

    /** Opens a recording at its beginning: once for each connection and again for each loop. */
    @FunctionalInterface
    interface Source {
        RecordedFrames open() throws IOException;
    }
}
