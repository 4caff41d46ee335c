package dev.millrace.tools;

import dev.millrace.Engine;
import dev.millrace.config.EngineConfig;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
    private DaemonOptions daemon;

    @Override
    public Integer call() {
        EngineConfig config = daemon.config();
        return new Recording(daemon, config, board -> Engine.takeOver(config, List.of(board), daemon::say)).run();
    }
}
