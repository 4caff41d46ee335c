package dev.millrace;

import dev.millrace.config.EngineConfig;
import dev.millrace.metrics.ErrorLog;
import dev.millrace.ops.EngineVersion;
import dev.millrace.store.Database;
import dev.millrace.store.DatabaseDamagedException;
import dev.millrace.store.ReplayedRows;
import dev.millrace.store.SetAside;
import dev.millrace.store.StoreException;
import java.nio.file.Path;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the tables for the one who writes them. They are a cache of the journal and the lake: where they are found damaged,
 * now or while they were last used, they are set aside, and made again from those. One thread.
 */
final class StoreTables {

    private static final Logger LOG = LoggerFactory.getLogger(StoreTables.class);

    private final EngineConfig config;
    private final ErrorLog errors;
    private String damage = "";

    StoreTables(EngineConfig config, ErrorLog errors) {
        this.config = config;
        this.errors = errors;
    }

    /** @throws StoreException when they cannot be opened for another reason than damage */
    Database open() {
        Path file = config.data().database();
        ReplayedRows.sweep(file);
        if (!damage.isEmpty()) {
            setAside("the tables in " + file + " are damaged: " + damage);
        }
        try {
            return database();
        } catch (DatabaseDamagedException e) {
            setAside(e.getMessage());
            return database();
        }
    }

    /** They are closed after a failure: damage that was met then is there still, also where they can be opened. */
    void failed(Exception e) {
        damage = DatabaseDamagedException.met(e).orElse("");
    }

    private void setAside(String why) {
        Path aside = SetAside.run(config.data().database(), Instant.now());
        damage = "";
        StoreException report =
                new StoreException(why + "; set aside as " + aside + ", and made again from the lake and the journal");
        errors.record("store", report);
        LOG.error("{}", report.getMessage());
    }

    private Database database() {
        return Database.open(
                config.data().database(),
                config.data().lake(),
                config.data().spill(),
                config.store(),
                EngineVersion.text());
    }
}
