package dev.millrace.tools;

import dev.millrace.config.EngineConfig;
import dev.millrace.config.Role;
import dev.millrace.config.StartReason;
import dev.millrace.lake.Lake;
import dev.millrace.ops.DataDirectory;
import dev.millrace.ops.EngineVersion;
import dev.millrace.ops.RoleLock;
import dev.millrace.rebuild.Rebuild;
import dev.millrace.rebuild.RebuildListener;
import dev.millrace.store.BarsAsked;
import dev.millrace.store.CopyProgress;
import dev.millrace.store.Database;
import dev.millrace.store.DatabaseDamagedException;
import dev.millrace.store.Limits;
import dev.millrace.store.Reading;
import dev.millrace.store.RebuildScope;
import dev.millrace.store.RefusedException;
import dev.millrace.store.ResultSink;
import dev.millrace.store.StoreException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/** Tables that this process opens itself. */
final class FileTables implements Tables {

    private final EngineConfig config;
    private final Database database;
    private final Reading reading;
    private final Runnable release;

    private FileTables(EngineConfig config, Database database, Runnable release) {
        this.config = config;
        this.database = database;
        this.release = release;
        reading = Reading.of(database);
    }

    /**
     * Those of a data directory that no daemon has.
     *
     * @throws RefusedException when there are none
     * @throws dev.millrace.ops.AlreadyRunningException when another process has them
     */
    static FileTables of(EngineConfig config) {
        Path file = config.data().database();
        if (!Files.isRegularFile(file)) {
            throw new RefusedException("there are no tables: no daemon runs on "
                    + config.data().dir() + " and there is no file " + file + "; start one with millrace run");
        }
        RoleLock lock = DataDirectory.open(
                        config.data().dir(), config.hyperliquid().environment())
                .lock(Role.STORE.label(), Clock.systemUTC());
        Runnable release = () -> leave(lock);
        try {
            return new FileTables(
                    config,
                    Database.open(
                            file, config.data().lake(), config.data().spill(), config.store(), EngineVersion.text()),
                    release);
        } catch (DatabaseDamagedException e) {
            release.run();
            throw new StoreException(
                    e.getMessage() + "; the next start of the daemon sets the file aside, unchanged, and makes the"
                            + " tables again from the lake and the journal",
                    e);
        } catch (RuntimeException e) {
            release.run();
            throw e;
        }
    }

    /** Only read: the next start must see what the last one left. */
    private static void leave(RoleLock lock) {
        if (lock.startReason() != StartReason.UNCLEAN) {
            lock.markClean();
        }
        lock.close();
    }

    /** The lake's alone; tells up to when they reach. */
    static FileTables ofLake(EngineConfig config, PrintWriter err) {
        Lake lake = new Lake(config.data().lake());
        if (!Files.isDirectory(lake.folder())) {
            throw new RefusedException("there is no lake: no folder " + lake.folder() + "; name it by data.lake");
        }
        FileTables tables = new FileTables(
                config, Database.ofLake(lake, config.data().spill(), config.store(), EngineVersion.text()), () -> {});
        String reach = tables.reading.reach(lake);
        err.println("the lake alone: " + (reach.isEmpty() ? "it is empty" : reach));
        err.flush();
        return tables;
    }

    @Override
    public boolean query(String sql, Limits limits, ResultSink sink) throws IOException {
        return reading.query(sql, limits, sink);
    }

    @Override
    public void bars(BarsAsked asked, Limits limits, ResultSink sink) throws IOException {
        reading.bars(asked, limits, sink);
    }

    @Override
    public long snapshot(Path file, CopyProgress progress) {
        return reading.snapshot(file, progress);
    }

    @Override
    public void rebuild(RebuildScope scope, RebuildListener listener) throws IOException, InterruptedException {
        Rebuild.run(config, database, scope, listener);
    }

    @Override
    public void close() {
        try (database) {
            reading.close();
        } finally {
            release.run();
        }
    }
}
