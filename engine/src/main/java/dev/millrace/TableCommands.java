package dev.millrace;

import dev.millrace.config.Role;
import dev.millrace.control.ControlCommand;
import dev.millrace.control.ControlReply;
import dev.millrace.store.BarsAsked;
import dev.millrace.store.Limits;
import dev.millrace.store.Reading;
import dev.millrace.store.RebuildScope;
import dev.millrace.store.RefusedException;
import dev.millrace.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What the command line may ask of the tables: {@code query bars lake snapshot rebuild}; see {@code doc/formats/control.md}. */
final class TableCommands {

    private static final long STEP_BYTES = 64L << 20;

    private final Supplier<Optional<StoreRole>> store;

    private TableCommands(Supplier<Optional<StoreRole>> store) {
        this.store = store;
    }

    /** @param store empty while it is not yet started */
    static Map<String, ControlCommand> of(Collection<Role> roles, Supplier<Optional<StoreRole>> store) {
        if (!roles.contains(Role.STORE)) {
            ControlCommand apart = (request, reply) -> reply.send(Map.of("apart", true));
            return Map.of("query", apart, "bars", apart, "lake", apart, "snapshot", apart, "rebuild", apart);
        }
        TableCommands commands = new TableCommands(store);
        return Map.of(
                "query", orWords(commands::query),
                "bars", orWords(commands::bars),
                "lake", orWords(commands::lake),
                "snapshot", orWords(commands::snapshot),
                "rebuild", orWords(commands::rebuild));
    }

    /** That a question was wrong, or its answer takes too long, is an answer too, nothing for the daemon's log. */
    private static ControlCommand orWords(ControlCommand command) {
        return (request, reply) -> {
            try {
                command.answer(request, reply);
            } catch (RefusedException e) {
                reply.send(Map.of("refused", e.getMessage()));
            } catch (StoreException e) {
                reply.send(Map.of("failed", e.getMessage()));
            }
        };
    }

    private void query(Map<String, Object> request, ControlReply reply) throws IOException {
        ReplyRows rows = new ReplyRows(reply);
        rows.end(reading().query(text(request, "sql"), limits(request), rows));
    }

    private void bars(Map<String, Object> request, ControlReply reply) throws IOException {
        ReplyRows rows = new ReplyRows(reply);
        reading().bars(asked(request), limits(request), rows);
        rows.end(false);
    }

    private void lake(Map<String, Object> request, ControlReply reply) throws IOException {
        ReplyRows rows = new ReplyRows(reply);
        reading().lake(limits(request), rows);
        rows.end(false);
    }

    private void snapshot(Map<String, Object> request, ControlReply reply) throws IOException {
        Path file = Path.of(text(request, "file"));
        if (!file.isAbsolute()) {
            throw new RefusedException("the copy's file must be absolute, not " + file);
        }
        long[] told = {0};
        long sequence = reading().snapshot(file, (bytes, ofBytes) -> {
            if (bytes - told[0] >= STEP_BYTES || bytes == ofBytes) {
                told[0] = bytes;
                send(reply, Map.of("done", bytes, "of", ofBytes));
            }
        });
        reply.send(Map.of("sequence", sequence));
    }

    private void rebuild(Map<String, Object> request, ControlReply reply) {
        RebuildScope scope = RebuildScope.of(
                Instant.ofEpochMilli(number(request, "from_ms")),
                Instant.ofEpochMilli(number(request, "to_ms")),
                texts(request, "datasets"),
                texts(request, "timeframes"));
        store.get().orElseThrow(TableCommands::notOpen).rebuild(scope, new RebuildReply(reply));
    }

    private static void send(ControlReply reply, Map<String, Object> line) {
        try {
            reply.send(line);
        } catch (IOException e) {
            throw new UncheckedIOException("who asked for the copy is gone", e);
        }
    }

    private Reading reading() {
        return store.get().flatMap(StoreRole::reading).orElseThrow(TableCommands::notOpen);
    }

    private static StoreException notOpen() {
        return new StoreException("the tables are being opened; ask again, and see millrace status if that lasts");
    }

    private static BarsAsked asked(Map<String, Object> request) {
        return new BarsAsked(
                text(request, "symbol"),
                text(request, "timeframe"),
                text(request, "basis"),
                time(request, "from_ms"),
                time(request, "to_ms"));
    }

    private static Optional<Instant> time(Map<String, Object> request, String name) {
        return request.containsKey(name) ? Optional.of(Instant.ofEpochMilli(number(request, name))) : Optional.empty();
    }

    private static Limits limits(Map<String, Object> request) {
        return new Limits(number(request, "limit"), Duration.ofMillis(number(request, "timeout_ms")));
    }

    private static String text(Map<String, Object> request, String name) {
        if (request.get(name) instanceof String text) {
            return text;
        }
        throw new RefusedException("the request lacks the text '" + name + "'");
    }

    private static List<String> texts(Map<String, Object> request, String name) {
        return request.get(name) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static long number(Map<String, Object> request, String name) {
        if (request.get(name) instanceof Number number) {
            return number.longValue();
        }
        throw new RefusedException("the request lacks the number '" + name + "'");
    }
}
