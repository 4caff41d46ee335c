package dev.millrace;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Says in one line, after the last test of a module, how many were skipped for want of recordings. Its tests run in several
 * JVMs: each adds what it skipped to one file, and the last to end speaks. Found as a service by JUnit.
 */
public final class RecordingsReport implements LauncherSessionListener {

    private final Path file;
    private final PrintStream out;
    private final AtomicLong skipped = new AtomicLong();

    /** Called by JUnit. */
    public RecordingsReport() {
        this(fileOf(ProcessHandle.current().parent().orElse(ProcessHandle.current())), System.out);
    }

    /** @param file two numbers: sessions that are open, tests skipped by those that ended */
    RecordingsReport(Path file, PrintStream out) {
        this.file = file;
        this.out = out;
    }

    /** One for each build: what another left that was broken off counts for nothing. */
    private static Path fileOf(ProcessHandle build) {
        long startedMs = build.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        return Path.of(System.getProperty("java.io.tmpdir"), "skipped-" + build.pid() + "-" + startedMs);
    }

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        session.getLauncher().registerTestExecutionListeners(new Count());
        add(1, 0);
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        long all = add(-1, skipped.getAndSet(0));
        if (all > 0) {
            out.println(all + " tests skipped: no recordings (-Dmillrace.recordings=FOLDER names them)");
        }
    }

    /** Gives how many were skipped by all when the last session was closed, else 0. */
    private long add(int sessions, long tests) {
        synchronized (RecordingsReport.class) { // a lock is the whole JVM's
            try (FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                channel.lock(); // until it is closed
                ByteBuffer numbers = ByteBuffer.allocate(2 * Long.BYTES);
                channel.read(numbers, 0); // nothing, for the first
                long open = numbers.getLong(0) + sessions;
                long all = numbers.getLong(Long.BYTES) + tests;
                boolean isLast = open == 0;
                numbers.clear().putLong(open).putLong(isLast ? 0 : all).flip();
                channel.write(numbers, 0);
                return isLast ? all : 0;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private final class Count implements TestExecutionListener {

        private volatile TestPlan plan;

        @Override
        public void testPlanExecutionStarted(TestPlan started) {
            plan = started;
        }

        @Override
        public void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
            if (result.getStatus() == Status.ABORTED
                    && result.getThrowable()
                            .filter(reason ->
                                    String.valueOf(reason.getMessage()).contains(Recordings.ABSENT))
                            .isPresent()) {
                skipped.addAndGet(identifier.isTest() ? 1 : testsOf(identifier));
            }
        }

        /** A container that was skipped as a whole: its known tests, or itself where they would have come from the data. */
        private long testsOf(TestIdentifier container) {
            return Math.max(
                    1,
                    plan.getDescendants(container).stream()
                            .filter(TestIdentifier::isTest)
                            .count());
        }
    }
}
