package dev.millrace.control;

import java.util.Map;

/** Answers one kind of request. Called on the connection's own thread; several at once. */
@FunctionalInterface
public interface ControlCommand {

    /**
     * Answers; the end of the answer is told by returning, a failure by throwing.
     *
     * @param request the members of the request's object
     * @param reply takes the lines of the answer
     */
    void answer(Map<String, Object> request, ControlReply reply) throws Exception;
}
