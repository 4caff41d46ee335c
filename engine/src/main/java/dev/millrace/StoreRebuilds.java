package dev.millrace;

import dev.millrace.config.EngineConfig;
import dev.millrace.rebuild.RebuildListener;
import dev.millrace.store.Database;
import dev.millrace.store.Reading;
import dev.millrace.store.RebuildScope;
import dev.millrace.store.RefusedException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rebuild that the store's thread is asked for: one at a time, with the tables to itself. */
final class StoreRebuilds {

    private static final Logger LOG = LoggerFactory.getLogger(StoreRebuilds.class);

    private final EngineConfig config;
    private final StoreTables tables;
    private final AtomicReference<AskedRebuild> asked = new AtomicReference<>();

    StoreRebuilds(EngineConfig config, StoreTables tables) {
        this.config = config;
        this.tables = tables;
    }

    /** Asks and waits. Any thread but the store's; {@code alive} says whether that one may still do it. */
    void ask(RebuildScope scope, RebuildListener listener, BooleanSupplier alive) {
        AskedRebuild rebuild = new AskedRebuild(scope, listener);
        if (!asked.compareAndSet(null, rebuild)) {
            throw new RefusedException("another rebuild is under way; ask again when it has ended");
        }
        try {
            rebuild.await(alive);
        } finally {
            asked.compareAndSet(rebuild, null);
        }
    }

    boolean isAsked() {
        return asked.get() != null;
    }

    /**
     * Does what was asked for, where the tables are closed; they are again when this returns.
     *
     * @param questions told who answers meanwhile, null at the end
     */
    void run(BooleanSupplier stopping, Consumer<Reading> questions) throws InterruptedException {
        AskedRebuild rebuild = asked.get();
        if (rebuild == null || stopping.getAsBoolean()) {
            return;
        }
        LOG.info("rebuilding {}; the tables do not follow the journal meanwhile", rebuild.scope());
        try (Database alone = tables.open();
                Reading reading = Reading.besideRebuild(alone)) {
            questions.accept(reading);
            rebuild.run(config, alone, stopping);
            LOG.info("rebuilt {}", rebuild.scope());
        } catch (IOException | RuntimeException e) {
            LOG.warn("the rebuild of {} has ended: {}", rebuild.scope(), e.getMessage());
            tables.failed(e);
            rebuild.fail(e);
        } finally {
            questions.accept(null);
            asked.compareAndSet(rebuild, null);
        }
    }
}
