package dev.millrace;

import dev.millrace.config.EngineConfig;
import dev.millrace.control.ControlCommand;
import dev.millrace.control.ControlException;
import dev.millrace.control.ControlServer;
import dev.millrace.journal.JournalForce;
import dev.millrace.metrics.Counters;
import dev.millrace.metrics.ErrorLog;
import dev.millrace.ops.HealthReport;
import dev.millrace.ops.Logging;
import dev.millrace.ops.MetricsPage;
import dev.millrace.ops.OpsServer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The role {@code store} as a process of its own, beside the {@link Engine} that records or without one: it reads the
 * journal's files and writes the tables and the lake. Neither process waits for the other; whichever is started first.
 *
 * <pre>
 * lock ▸ log ▸ store ▸ control ▸ ops
 * </pre>
 */
public final class StoreDaemon implements AutoCloseable {

    /** In the data directory: where the command line asks this process. */
    public static final String CONTROL_SOCKET = "store.sock";

    private static final String LOG_NAME = "millrace-store";
    private static final Logger LOG = LoggerFactory.getLogger(StoreDaemon.class);

    private final EngineConfig config;
    private final Counters counters = new Counters();
    private final ErrorLog errors = new ErrorLog(Clock.systemUTC());
    private final OpenParts open = new OpenParts();
    private Logging log;
    private StoreHealth health;
    private OpsServer ops;

    private StoreDaemon(EngineConfig config) {
        this.config = config;
    }

    /**
     * Starts it and returns; catching up with the journal goes on behind it.
     *
     * @throws dev.millrace.config.ConfigException when a setting cannot work; everything begun was closed again
     * @throws dev.millrace.ops.AlreadyRunningException when another process stores for the data directory
     */
    public static StoreDaemon launch(EngineConfig config) {
        StoreDaemon daemon = new StoreDaemon(config);
        try {
            daemon.start();
            return daemon;
        } catch (RuntimeException e) {
            daemon.open.closeAfter(e);
            throw e;
        }
    }

    private void start() {
        new RoleLocks(config, open).take();
        log = open.add(Logging.start(config.data().log(), LOG_NAME));
        StoreRole store =
                open.add(StoreRole.start(config, new JournalForce(config.data().journal()), counters, errors));
        open.add(new DayCertificates(config, store::reading, store::venueMs, System::nanoTime, counters, errors)
                .start());
        health = new StoreHealth(config, store, counters, errors);
        listen(store);
        ops = open.add(
                OpsServer.start(config.ops().port(), health::report, new MetricsPage(counters, Map.of(), errors)));
    }

    private void listen(StoreRole store) {
        Map<String, ControlCommand> commands =
                new HashMap<>(TableCommands.of(config.roles(), () -> Optional.of(store)));
        commands.put("status", (request, reply) -> reply.send(health.status()));
        try {
            open.add(ControlServer.start(config.data().dir().resolve(CONTROL_SOCKET), commands));
        } catch (ControlException e) {
            errors.record("control", e);
            LOG.warn("{}; millrace status and query cannot reach this daemon", e.getMessage());
        }
    }

    public HealthReport health() {
        return health.report();
    }

    public Counters counters() {
        return counters;
    }

    /** The log's file. */
    public Path log() {
        return log.file();
    }

    /** Port of {@code /health} and {@code /metrics}. */
    public int opsPort() {
        return ops.port();
    }

    /**
     * Commits what the journal holds now and lets go, within {@code shutdown.deadline}. Closing again does nothing.
     *
     * @throws IllegalStateException when a part could not be closed; the rest was closed all the same
     */
    @Override
    public synchronized void close() {
        open.close();
    }
}
