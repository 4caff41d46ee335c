package dev.millrace.tools;

import dev.millrace.Engine;
import dev.millrace.config.EngineConfig;
import dev.millrace.config.Role;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The daemon: records until a signal comes. */
@Command(
        name = "run",
        description = {
            "Records the exchange, and keeps what it told in tables and files (roles), "
                    + "until SIGTERM or Ctrl-C; exits 0 after a clean stop. "
                    + "A second signal ends it at once, with 143 or 130: what was recorded "
                    + "is safe, and the next start recovers.",
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  millrace run --config config/mainnet.conf",
            "  millrace run --set feed.coins=BTC,ETH --set data.dir=/var/lib/millrace",
            "  millrace run --set roles=store --set ops.port=0",
        })
final class RunCommand implements Callable<Integer> {

    @Mixin
    private DaemonOptions daemon;

    @Override
    public Integer call() {
        EngineConfig config = daemon.config();
        if (!config.roles().contains(Role.CAPTURE)) {
            return new Storing(daemon, config).run();
        }
        return new Recording(daemon, config, board -> Engine.launch(config, List.of(board))).run();
    }
}
