package dev.millrace.tools;

import dev.millrace.Engine;
import dev.millrace.config.EngineConfig;
import dev.millrace.config.Role;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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
    private ConfigOptions options;

    @Option(names = "--quiet", description = "No table and no health lines; changes of state are still told.")
    private boolean quiet;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        EngineConfig config = options.load().engine();
        if (!config.roles().contains(Role.CAPTURE)) {
            return new Storing(spec, config, quiet).run();
        }
        return new Recording(spec, config, quiet, board -> Engine.launch(config, List.of(board))).run();
    }
}
