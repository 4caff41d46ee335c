package dev.millrace.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.Field;
import com.sun.jdi.IncompatibleThreadStateException;
import com.sun.jdi.LongValue;
import com.sun.jdi.ObjectReference;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.connect.ListeningConnector;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.event.VMDeathEvent;
import com.sun.jdi.event.VMDisconnectEvent;
import com.sun.jdi.request.BreakpointRequest;
import com.sun.jdi.request.ClassPrepareRequest;
import dev.millrace.Waiting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The daemon as a process that can be stopped at a place of its program, all threads at once. It is the packaged program,
 * unchanged: what stops it is the JVM's debugger.
 */
final class DebuggedDaemon implements AutoCloseable {

    private static final int PATIENCE_MS = 1_000 * Waiting.PATIENCE_S;
    /** Some places are come to once in many days of the market, which pass slowly on a busy machine. */
    private static final long PLACE_PATIENCE_MS = 3L * PATIENCE_MS;

    private static final long HOUR_MS = TimeUnit.HOURS.toMillis(1);

    private final Process process;
    private final VirtualMachine vm;
    private final Path err;

    private DebuggedDaemon(Process process, VirtualMachine vm, Path err) {
        this.process = process;
        this.vm = vm;
        this.err = err;
    }

    /** Starts it; it runs nothing yet. */
    static DebuggedDaemon start(ChildJvm jvm, Path err, List<String> arguments) throws IOException {
        ListeningConnector connector = Bootstrap.virtualMachineManager().listeningConnectors().stream()
                .filter(each -> each.name().equals("com.sun.jdi.SocketListen"))
                .findFirst()
                .orElseThrow();
        Map<String, Connector.Argument> settings = connector.defaultArguments();
        settings.get("localAddress").setValue("127.0.0.1");
        settings.get("timeout").setValue(Integer.toString(PATIENCE_MS));
        Process process = null;
        VirtualMachine vm = null;
        try {
            String address = connector.startListening(settings);
            String port = address.substring(address.lastIndexOf(':') + 1);
            process = jvm.with("-agentlib:jdwp=transport=dt_socket,server=n,suspend=y,address=127.0.0.1:" + port)
                    .start(err, arguments);
            vm = connector.accept(settings);
            connector.stopListening(settings);
            return new DebuggedDaemon(process, vm, err);
        } catch (IllegalConnectorArgumentsException e) {
            throw new IllegalStateException("the JDK refuses to listen for a debugged process", e);
        } finally {
            if (vm == null && process != null) {
                process.destroyForcibly();
            }
        }
    }

    /** Lets it run until it has come to a place so many times; all its threads stand when this returns. */
    void runTo(Breakpoint place, int times) throws InterruptedException {
        awaitBreakpoint(place, times);
    }

    /** Brings the next append into a later hour: the journal's clock moves on by one, at the n-th append from now. */
    void moveClockOn(int appends) throws InterruptedException {
        BreakpointEvent event = awaitBreakpoint(Breakpoint.at("journal.RollClock", "advanceTo(clock.nowNs()"), appends);
        try {
            ObjectReference clock = event.thread().frame(0).thisObject();
            Field latest = clock.referenceType().fieldByName("latestMs");
            long now = ((LongValue) clock.getValue(latest)).value();
            clock.setValue(latest, vm.mirrorOf(now + HOUR_MS));
        } catch (IncompatibleThreadStateException
                | com.sun.jdi.InvalidTypeException
                | com.sun.jdi.ClassNotLoadedException e) {
            throw new AssertionError("the journal's clock is not as it was; move it on otherwise", e);
        }
    }

    private BreakpointEvent awaitBreakpoint(Breakpoint place, int times) throws InterruptedException {
        List<ReferenceType> loaded = vm.classesByName(place.type());
        ClassPrepareRequest toLoad = vm.eventRequestManager().createClassPrepareRequest();
        toLoad.addClassFilter(place.type());
        toLoad.setEnabled(loaded.isEmpty());
        loaded.forEach(type -> stopAt(place, type, times));
        vm.resume();
        while (true) {
            EventSet events = vm.eventQueue().remove(PLACE_PATIENCE_MS);
            assertTrue(events != null, () -> "did not come to " + place + ": " + ChildJvm.text(err));
            for (Event event : events) {
                if (event instanceof BreakpointEvent reached) {
                    vm.eventRequestManager().deleteEventRequest(reached.request());
                    return reached;
                } else if (event instanceof ClassPrepareEvent now) {
                    stopAt(place, now.referenceType(), times);
                } else if (event instanceof VMDeathEvent || event instanceof VMDisconnectEvent) {
                    throw new AssertionError("ended before " + place + ": " + ChildJvm.text(err));
                }
            }
            events.resume();
        }
    }

    private void stopAt(Breakpoint place, ReferenceType type, int times) {
        BreakpointRequest request = vm.eventRequestManager().createBreakpointRequest(place.location(type));
        request.addCountFilter(times);
        request.enable();
    }

    /** Sends the signal of an orderly stop to the standing process. */
    void terminate() {
        process.toHandle().destroy();
    }

    /** Lets it run to its end. */
    void runToEnd() throws InterruptedException {
        vm.dispose();
        assertTrue(process.waitFor(PATIENCE_MS, TimeUnit.MILLISECONDS), "ends within shutdown.deadline");
        assertEquals(0, process.exitValue(), () -> ChildJvm.text(err));
    }

    /** SIGKILL; gone when this returns. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        assertEquals(137, process.waitFor());
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
