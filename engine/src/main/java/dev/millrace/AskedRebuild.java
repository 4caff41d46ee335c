package dev.millrace;

import dev.millrace.config.EngineConfig;
import dev.millrace.rebuild.Rebuild;
import dev.millrace.rebuild.RebuildListener;
import dev.millrace.store.Database;
import dev.millrace.store.PartitionChange;
import dev.millrace.store.RebuildScope;
import dev.millrace.store.RefusedException;
import dev.millrace.store.StoreException;
import java.io.IOException;
import java.time.LocalDate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** A rebuild that somebody asked for, who waits until the thread that writes the tables has done it. */
final class AskedRebuild {

    private static final long POLL_MS = 100;

    private final RebuildScope scope;
    private final RebuildListener listener;
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    /** @param listener told on the thread that writes the tables */
    AskedRebuild(RebuildScope scope, RebuildListener listener) {
        this.scope = scope;
        this.listener = listener;
    }

    RebuildScope scope() {
        return scope;
    }

    /** Does it, unless it is to stop. */
    void run(EngineConfig config, Database tables, BooleanSupplier stopping) throws IOException, InterruptedException {
        Rebuild.run(config, tables, scope, new Stoppable(listener, stopping));
        done.complete(null);
    }

    /** What it threw, or why nobody does it, is the asker's. */
    void fail(Exception why) {
        done.completeExceptionally(why);
    }

    /**
     * Waits for its end.
     *
     * @throws StoreException why it ended before its time
     */
    void await(BooleanSupplier alive) {
        try {
            while (!done.isDone()) {
                if (!alive.getAsBoolean()) {
                    fail(new StoreException("the store has stopped"));
                }
                look();
            }
            done.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted while a rebuild was under way", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RefusedException refused
                    ? refused
                    : new StoreException(String.valueOf(e.getCause().getMessage()), e.getCause());
        }
    }

    private void look() throws InterruptedException, ExecutionException {
        try {
            done.get(POLL_MS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException ignored) {
            // The caller looks whether anybody will still do it.
        }
    }

    /** Ends the rebuild between two steps. */
    private record Stoppable(RebuildListener listener, BooleanSupplier stopping) implements RebuildListener {

        @Override
        public void progress(String stage, long part, long of) {
            if (stopping.getAsBoolean()) {
                throw new StoreException("the store is stopping; the days told of are new, the others as they were");
            }
            listener.progress(stage, part, of);
        }

        @Override
        public void rebuilt(PartitionChange change) {
            listener.rebuilt(change);
        }

        @Override
        public void left(LocalDate day, String why) {
            listener.left(day, why);
        }
    }
}
