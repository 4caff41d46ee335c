package dev.millrace.simulator;

import dev.millrace.simulator.faults.Fault;
import dev.millrace.simulator.faults.FaultKind;

/** What a fault makes of a reply. */
final class ReplyFault {

    private static final String GATEWAY = "<html><head><title>502 Bad Gateway</title></head></html>";

    private ReplyFault() {}

    /** What the client is to see. */
    static Reply of(Fault fault, Reply reply) {
        return switch (fault.kind()) {
            case REST_429 -> Reply.tooMany();
            case REST_500 -> Reply.serverError();
            case REST_NULL -> Reply.json("null");
            case REST_TEXT -> Reply.text(fault.count("status"), "upstream connect error");
            case REST_HTML -> new Reply(200, "text/html", GATEWAY, 0);
            case REST_TRUNCATED -> fault.text("what").equals("text") ? halved(reply) : reply;
            default -> reply;
        };
    }

    /** The status for the log; 0 for a reply that never comes. */
    static int status(Fault fault, Reply reply) {
        return fault.kind() == FaultKind.REST_HANG ? 0 : reply.status();
    }

    static void send(Fault fault, Reply reply, ReplyWriter writer) {
        switch (fault.kind()) {
            case REST_HANG -> {} // the client waits
            case REST_SLOW -> writer.slowly(reply, fault.nanos("every"));
            case REST_TRUNCATED -> {
                if (fault.text("what").equals("body")) {
                    writer.half(reply);
                } else {
                    writer.whole(reply);
                }
            }
            default -> writer.whole(reply);
        }
    }

    private static Reply halved(Reply reply) {
        String half = reply.body().substring(0, reply.body().length() / 2);
        return new Reply(reply.status(), reply.type(), half, 0);
    }
}
