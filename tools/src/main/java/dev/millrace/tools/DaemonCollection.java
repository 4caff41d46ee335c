package dev.millrace.tools;

import dev.millrace.Engine;
import dev.millrace.config.CollectConfig;
import dev.millrace.control.ControlClient;
import dev.millrace.discovery.CollectionResult;
import dev.millrace.discovery.CollectionWatch;
import dev.millrace.market.CandleInterval;
import dev.millrace.store.RefusedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A collection by the daemon that runs, asked over its control socket. */
final class DaemonCollection {

    private final CollectionWatch watch;
    private CollectionResult result;

    private DaemonCollection(CollectionWatch watch) {
        this.watch = watch;
    }

    /** Empty when none runs. */
    static Optional<CollectionResult> ask(Path dir, List<String> coins, CollectConfig what, CollectionWatch watch) {
        DaemonCollection collection = new DaemonCollection(watch);
        Map<String, Object> request = Map.of(
                "command",
                "collect",
                "coins",
                coins,
                "timeframes",
                what.timeframes().stream().map(CandleInterval::label).toList(),
                "bars",
                what.bars());
        boolean runs = new ControlClient(dir.resolve(Engine.CONTROL_SOCKET)).ask(request, collection::onLine);
        return runs ? Optional.of(collection.result) : Optional.empty();
    }

    private void onLine(Map<String, Object> line) {
        if (line.containsKey("refused") && !line.containsKey("series")) {
            throw new RefusedException(String.valueOf(line.get("refused")));
        }
        if (line.containsKey("failed")) {
            throw new IllegalStateException(String.valueOf(line.get("failed")));
        }
        if (line.containsKey("left_s")) {
            watch.progress(
                    (int) whole(line, "done"), (int) whole(line, "of"), Duration.ofSeconds(whole(line, "left_s")));
            return;
        }
        result = new CollectionResult(
                (int) whole(line, "series"),
                (int) whole(line, "up_to_date"),
                (int) whole(line, "pages"),
                whole(line, "expected"),
                whole(line, "received"),
                whole(line, "refused"),
                texts(line, "refusals"),
                texts(line, "failures"));
    }

    private static List<String> texts(Map<String, Object> line, String name) {
        return line.get(name) instanceof List<?> lines
                ? lines.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static long whole(Map<String, Object> line, String name) {
        return ((Number) line.get(name)).longValue();
    }
}
