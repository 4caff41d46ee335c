package dev.millrace.tools;

import dev.millrace.config.EngineConfig;
import dev.millrace.ops.ClockSync;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks at the machine, the data folder and the venue's addresses before the daemon does; changes nothing. */
@Command(
        name = "doctor",
        description = "Checks this machine for what the daemon needs; exit code 1 when something would fail.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExample:%n",
        footer = "  millrace doctor --config config/mainnet.conf")
final class DoctorCommand implements Callable<Integer> {

    @Mixin
    private ConfigOptions options;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "3s",
            description = "Limit of reaching each address; default ${DEFAULT-VALUE}.")
    private Duration timeout;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        EngineConfig config = options.load().engine();
        boolean failed = false;
        for (Finding finding : findings(config)) {
            out.println(finding.line());
            failed |= finding.level() == Finding.Level.FAIL;
        }
        return failed ? ExitCode.FAILED : ExitCode.DONE;
    }

    private List<Finding> findings(EngineConfig config) {
        List<String> arguments = ManagementFactory.getRuntimeMXBean().getInputArguments();
        Reachability reachability = new Reachability(timeout);
        return List.of(
                MachineChecks.cores(config.pipeline(), Runtime.getRuntime().availableProcessors()),
                MachineChecks.java(Runtime.version().feature()),
                MachineChecks.flags(MachineChecks.wantedFlags(), arguments),
                MachineChecks.openFiles(),
                MachineChecks.clock(ClockSync.probe()),
                DiskChecks.writable(config.data().dir()),
                DiskChecks.free(config.data().journal()),
                reachability.check("ws", config.hyperliquid().wsUrl()),
                reachability.check("rest", config.hyperliquid().restUrl()));
    }
}
