package dev.millrace.tools;

import dev.millrace.Engine;
import dev.millrace.config.EngineConfig;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A daemon that takes over from the one that runs. */
@Command(
        name = "handover",
        description = {
            "Takes over from the daemon that runs on the same data.dir, without a gap, "
                    + "and records as run does: for an upgrade or other settings. The running "
                    + "daemon records until this one has all streams, then stops with exit "
                    + "code 0. Whatever fails before leaves it running.",
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  millrace handover --config config/mainnet.conf",
            "  millrace handover --config config/mainnet.conf --set feed.coins=top:40",
        })
final class HandoverCommand implements Callable<Integer> {

    @Mixin
    private ConfigOptions options;

    @Option(names = "--quiet", description = "No table and no health lines; changes of state are still told.")
    private boolean quiet;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        EngineConfig config = options.load().engine();
        return new Recording(spec, config, quiet, board -> Engine.takeOver(config, List.of(board), line -> say(line)))
                .run();
    }

    private void say(String line) {
        spec.commandLine().getErr().println(spec.qualifiedName() + ": " + line);
        spec.commandLine().getErr().flush();
    }
}
