package dev.millrace.simulator;

import dev.millrace.simulator.faults.Fault;

/** What a fault makes of a reply. */
final class ReplyFault {

    private static final String GATEWAY = "<html><head><title>502 Bad Gateway</title></head></html>";

    private ReplyFault() {}

    /** Sends it; returns the status that the client sees, 0 for none. */
    static int write(Fault fault, Reply reply, ReplyWriter writer) {
        return switch (fault.kind()) {
            case REST_429 -> writer.whole(Reply.tooMany());
            case REST_500 -> writer.whole(Reply.serverError());
            case REST_NULL -> writer.whole(Reply.json("null"));
            case REST_TEXT -> writer.whole(Reply.text(fault.count("status"), "upstream connect error"));
            case REST_HANG -> 0;
            case REST_SLOW -> writer.slowly(reply, fault.nanos("every"));
            case REST_TRUNCATED -> fault.text("what").equals("body") ? writer.half(reply) : writer.whole(halved(reply));
            case REST_HTML -> writer.whole(new Reply(200, "text/html", GATEWAY, 0));
            default -> throw new IllegalArgumentException(fault.kind().text() + " does not act on replies");
        };
    }

    private static Reply halved(Reply reply) {
        String half = reply.body().substring(0, reply.body().length() / 2);
        return new Reply(reply.status(), reply.type(), half, 0);
    }
}
