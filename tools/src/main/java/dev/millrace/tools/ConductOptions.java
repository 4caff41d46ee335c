package dev.millrace.tools;

import dev.millrace.simulator.Conduct;
import dev.millrace.simulator.Limits;
import dev.millrace.simulator.faults.Fault;
import dev.millrace.simulator.faults.FaultKind;
import dev.millrace.simulator.faults.FaultScript;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What the local exchange does wrong, and what it refuses. */
final class ConductOptions {

    @Option(
            names = "--fault",
            paramLabel = "NAME[:k=v,…][@AFTER][xN]",
            description = "What goes wrong: after a time such as 5s or after so many occasions, so many times."
                    + " Repeatable.")
    private List<String> faults = List.of();

    @Option(
            names = "--script",
            paramLabel = "FILE",
            description = "Faults over time, one a line: the time after the start and the fault, 5s cut:how=rst.")
    private Path script;

    @Option(names = "--list-faults", description = "List all faults and end.")
    private boolean list;

    @Option(
            names = "--limits",
            paramLabel = "venue|k=N,…",
            defaultValue = "none",
            description = "Refuse what is over the venue's limits, or smaller ones: connections connects subscriptions"
                    + " messages weight. Default ${DEFAULT-VALUE}.")
    private String limits;

    @Option(
            names = "--request-log",
            paramLabel = "FILE",
            description = "Write each REST request down as CSV: time, type, coin, weight, status.")
    private Path requestLog;

    boolean list() {
        return list;
    }

    void print(PrintWriter out) {
        for (FaultKind kind : FaultKind.values()) {
            out.println(kind.usage());
            out.println("    " + kind.description());
        }
        out.flush();
    }

    /** @throws IllegalArgumentException with what is wrong and what would be right */
    Conduct conduct() throws IOException {
        List<Fault> all = new ArrayList<>();
        faults.forEach(fault -> all.add(Fault.parse(fault)));
        if (script != null) {
            all.addAll(FaultScript.read(script));
        }
        Conduct conduct = Conduct.good().withLimits(Limits.parse(limits)).withFaults(all);
        return requestLog == null ? conduct : conduct.withRequestLog(requestLog);
    }
}
