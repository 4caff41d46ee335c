package dev.millrace.control;

import java.io.IOException;
import java.util.Map;

/** Takes the lines of an answer as they come. */
@FunctionalInterface
public interface ControlReply {

    /**
     * Sends one line.
     *
     * @param line members of an object: texts, numbers, booleans, lists and maps of these
     * @throws IOException when the asking side is gone
     */
    void send(Map<String, ?> line) throws IOException;
}
