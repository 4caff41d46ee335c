package dev.millrace.simulator;

import dev.millrace.simulator.faults.Fault;
import dev.millrace.simulator.faults.FaultKind;
import java.util.regex.Pattern;

/** What a fault makes of a reply. */
final class ReplyFault {

    private static final String GATEWAY = "<html><head><title>502 Bad Gateway</title></head></html>";

    private static final Pattern FIRST_NUMBER = Pattern.compile(":\"-?[0-9.]+\"");

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
            case REST_ODD -> odd(reply, fault.count("row"));
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

    /** Rows are objects; one that is not there is left alone. */
    private static Reply odd(Reply reply, long row) {
        String body = reply.body();
        int at = body.indexOf('{');
        for (long left = row; left > 0 && at >= 0; left--) {
            at = body.indexOf('{', at + 1);
        }
        String changed = at < 0
                ? body
                : body.substring(0, at)
                        + FIRST_NUMBER.matcher(body.substring(at)).replaceFirst(":\"odd\"");
        return new Reply(reply.status(), reply.type(), changed, 0);
    }

    private static Reply halved(Reply reply) {
        String half = reply.body().substring(0, reply.body().length() / 2);
        return new Reply(reply.status(), reply.type(), half, 0);
    }
}
