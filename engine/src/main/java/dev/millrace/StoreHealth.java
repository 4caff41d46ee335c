package dev.millrace;

import dev.millrace.config.EngineConfig;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.ErrorLog;
import dev.millrace.ops.EngineVersion;
import dev.millrace.ops.HealthReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What {@code /health} and {@code millrace status} tell of a process that only stores. */
final class StoreHealth {

    private static final long UNKNOWN = -1;

    private final EngineConfig config;
    private final StoreRole store;
    private final Counters counters;
    private final ErrorLog errors;
    private final Instant started = Instant.now();

    StoreHealth(EngineConfig config, StoreRole store, Counters counters, ErrorLog errors) {
        this.config = config;
        this.store = store;
        this.counters = counters;
        this.errors = errors;
    }

    /** Any thread. */
    HealthReport report() {
        List<String> problems = store.problem().stream().toList();
        return new HealthReport(
                problems.isEmpty() ? "running" : "impaired",
                problems,
                Stream.concat(
                                errors.entries().stream().map(entry -> entry.where() + ": " + entry.message()),
                                DayCertificates.warning(counters).stream())
                        .toList(),
                EngineVersion.text(),
                Duration.between(started, Instant.now()),
                "none: this process stores what another records",
                "",
                Map.of(),
                Map.of("committed", counters.value("store.sequence")),
                diskFree());
    }

    /** Sections by name, none of them of a name that {@link Status} has. Any thread. */
    Map<String, Object> status() {
        HealthReport report = report();
        Map<String, Object> daemon = new LinkedHashMap<>();
        daemon.put("state", report.state());
        daemon.put("problems", report.problems());
        daemon.put("warnings", report.warnings());
        daemon.put("version", report.version());
        daemon.put("pid", Long.toString(ProcessHandle.current().pid())); // a name, not a quantity
        daemon.put("started", started.toString());
        daemon.put("data_dir", config.data().dir().toAbsolutePath().toString());
        daemon.put("free_bytes", report.diskFreeBytes());
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("store_daemon", daemon);
        all.put("store", StoreStatus.of(config.data(), counters, System.currentTimeMillis()));
        return all;
    }

    private long diskFree() {
        try {
            Path folder = config.data().database().toAbsolutePath().getParent();
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException ignored) {
            // Shown as unknown: a page of health must not fail over one figure.
            return UNKNOWN;
        }
    }
}
