package dev.millrace;

import dev.millrace.control.ControlReply;
import dev.millrace.store.ResultColumn;
import dev.millrace.store.ResultSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Rows on their way to the command line: the values of some in each line of the reply, row after row. */
final class ReplyRows implements ResultSink {

    private static final int VALUES = 8_192;
    private static final int CHARACTERS = 1 << 20;

    private final ControlReply reply;
    private final List<Object> waiting = new ArrayList<>(VALUES);
    private int characters;

    ReplyRows(ControlReply reply) {
        this.reply = reply;
    }

    @Override
    public void columns(List<ResultColumn> columns) throws IOException {
        reply.send(Map.of(
                "columns",
                columns.stream()
                        .map(column -> Map.of("name", column.name(), "type", column.type()))
                        .toList()));
    }

    @Override
    public void row(List<Object> values) throws IOException {
        waiting.addAll(values);
        for (Object value : values) {
            characters += value instanceof String text ? text.length() : Double.BYTES;
        }
        if (waiting.size() >= VALUES || characters >= CHARACTERS) {
            flush();
        }
    }

    @Override
    public void leftOut(String why) throws IOException {
        reply.send(Map.of("left_out", why));
    }

    private void flush() throws IOException {
        reply.send(Map.of("values", waiting));
        waiting.clear();
        characters = 0;
    }

    /** @param more whether there were rows beyond the limit */
    void end(boolean more) throws IOException {
        if (!waiting.isEmpty()) {
            flush();
        }
        reply.send(Map.of("more", more));
    }
}
