package dev.millrace;

import dev.millrace.control.ControlReply;
import dev.millrace.rebuild.RebuildListener;
import dev.millrace.store.PartitionChange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;

/** A rebuild's progress on its way to the command line; one that nobody listens to any more ends. */
record RebuildReply(ControlReply reply) implements RebuildListener {

    @Override
    public void progress(String stage, long done, long of) {
        send(Map.of("stage", stage, "done", done, "of", of));
    }

    @Override
    public void rebuilt(PartitionChange change) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("dataset", change.partition().dataset().label());
        line.put("symbol", change.partition().symbol());
        line.put("date", change.partition().date().toString());
        line.put("rows_before", change.before().count());
        line.put("digest_before", change.before().digest());
        line.put("rows", change.after().count());
        line.put("digest", change.after().digest());
        send(line);
    }

    @Override
    public void left(LocalDate day, String why) {
        send(Map.of("left", day.toString(), "why", why));
    }

    private void send(Map<String, ?> line) {
        try {
            reply.send(line);
        } catch (IOException e) {
            throw new UncheckedIOException("who asked for the rebuild is gone", e);
        }
    }
}
