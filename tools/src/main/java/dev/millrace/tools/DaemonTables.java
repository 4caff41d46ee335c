package dev.millrace.tools;

import dev.millrace.Engine;
import dev.millrace.StoreDaemon;
import dev.millrace.control.ControlClient;
import dev.millrace.lake.Partition;
import dev.millrace.market.Timeframe;
import dev.millrace.rebuild.RebuildListener;
import dev.millrace.store.BarsAsked;
import dev.millrace.store.CopyProgress;
import dev.millrace.store.Limits;
import dev.millrace.store.PartitionChange;
import dev.millrace.store.RebuildScope;
import dev.millrace.store.RefusedException;
import dev.millrace.store.ResultSink;
import dev.millrace.tables.Dataset;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A running daemon's tables, asked over its control socket; {@code engine/doc/formats/control.md}. */
final class DaemonTables implements Tables {

    private final ControlClient daemon;

    private DaemonTables(ControlClient daemon) {
        this.daemon = daemon;
    }

    /** Empty when no daemon of this data directory has the tables. */
    static Optional<Tables> of(Path dir) {
        Map<String, Object> least = Map.of("command", "lake", "limit", 1, "timeout_ms", 10_000);
        for (String socket : List.of(Engine.CONTROL_SOCKET, StoreDaemon.CONTROL_SOCKET)) {
            ControlClient daemon = new ControlClient(dir.resolve(socket));
            boolean[] apart = {false};
            boolean runs = daemon.ask(least, line -> apart[0] |= line.containsKey("apart"));
            if (runs && !apart[0]) {
                return Optional.of(new DaemonTables(daemon));
            }
        }
        return Optional.empty();
    }

    @Override
    public boolean query(String sql, Limits limits, ResultSink sink) {
        Map<String, Object> request = request("query", limits);
        request.put("sql", sql);
        DaemonRows answer = new DaemonRows(sink);
        ask(request, answer);
        return answer.more();
    }

    @Override
    public void bars(BarsAsked asked, Limits limits, ResultSink sink) {
        Map<String, Object> request = request("bars", limits);
        request.put("symbol", asked.symbol());
        request.put("timeframe", asked.timeframe());
        request.put("basis", asked.basis());
        asked.from().ifPresent(from -> request.put("from_ms", from.toEpochMilli()));
        asked.to().ifPresent(to -> request.put("to_ms", to.toEpochMilli()));
        ask(request, new DaemonRows(sink));
    }

    @Override
    public long snapshot(Path file, CopyProgress progress) {
        long[] sequence = {0};
        ask(Map.of("command", "snapshot", "file", file.toAbsolutePath().toString()), line -> {
            if (line.get("done") instanceof Number done && line.get("of") instanceof Number of) {
                progress.done(done.longValue(), of.longValue());
            } else if (line.get("sequence") instanceof Number reached) {
                sequence[0] = reached.longValue();
            }
        });
        return sequence[0];
    }

    @Override
    public void rebuild(RebuildScope scope, RebuildListener listener) {
        ask(
                Map.of(
                        "command", "rebuild",
                        "from_ms", scope.fromMs(),
                        "to_ms", scope.toMs(),
                        "datasets",
                                scope.datasets().stream().map(Dataset::label).toList(),
                        "timeframes",
                                scope.timeframes().stream()
                                        .map(Timeframe::label)
                                        .toList()),
                line -> tell(line, listener));
    }

    private static void tell(Map<String, Object> line, RebuildListener listener) {
        if (line.containsKey("stage")) {
            listener.progress("" + line.get("stage"), number(line, "done"), number(line, "of"));
        } else if (line.containsKey("left")) {
            listener.left(LocalDate.parse("" + line.get("left")), "" + line.get("why"));
        } else {
            Partition partition = new Partition(
                    Dataset.of("" + line.get("dataset")).orElseThrow(),
                    "" + line.get("symbol"),
                    LocalDate.parse("" + line.get("date")));
            listener.rebuilt(new PartitionChange(
                    partition,
                    new PartitionChange.Rows(number(line, "rows_before"), "" + line.get("digest_before")),
                    new PartitionChange.Rows(number(line, "rows"), "" + line.get("digest"))));
        }
    }

    private static long number(Map<String, Object> line, String name) {
        return ((Number) line.get(name)).longValue();
    }

    private static Map<String, Object> request(String command, Limits limits) {
        Map<String, Object> request = new HashMap<>();
        request.put("command", command);
        request.put("limit", limits.rows());
        request.put("timeout_ms", limits.time().toMillis());
        return request;
    }

    private void ask(Map<String, ?> request, Consumer<Map<String, Object>> lines) {
        boolean runs = daemon.ask(request, line -> {
            if (line.containsKey("refused")) {
                throw new RefusedException(String.valueOf(line.get("refused")));
            }
            if (line.containsKey("failed")) {
                throw new IllegalStateException(String.valueOf(line.get("failed")));
            }
            lines.accept(line);
        });
        if (!runs) {
            throw new IllegalStateException("the daemon has just ended; ask again");
        }
    }

    @Override
    public void close() {
        // Each question has a connection of its own.
    }
}
