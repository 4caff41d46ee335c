package dev.millrace;

import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Says in one line, after the last test, how many were skipped for want of recordings. Found as a service by JUnit. */
public final class RecordingsReport implements TestExecutionListener {

    private final AtomicLong skipped = new AtomicLong();
    private final PrintStream out;
    private volatile TestPlan plan;

    /** Called by JUnit. */
    public RecordingsReport() {
        this(System.out);
    }

    RecordingsReport(PrintStream out) {
        this.out = out;
    }

    @Override
    public void testPlanExecutionStarted(TestPlan started) {
        plan = started;
    }

    @Override
    public void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
        if (result.getStatus() == Status.ABORTED
                && result.getThrowable()
                        .filter(reason -> String.valueOf(reason.getMessage()).contains(Recordings.ABSENT))
                        .isPresent()) {
            skipped.addAndGet(identifier.isTest() ? 1 : testsOf(identifier));
        }
    }

    @Override
    public void testPlanExecutionFinished(TestPlan finished) {
        if (skipped.get() > 0) {
            out.println(skipped + " tests skipped: no recordings (-Dmillrace.recordings=FOLDER names them)");
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
