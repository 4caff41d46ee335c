package dev.millrace.tools;

import dev.millrace.config.LoadedConfig.Setting;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints every effective setting and where it came from; the lines are themselves a valid configuration. */
@Command(
        name = "config",
        description = "Shows the effective settings and where each came from.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExample:%n",
        footer = "  millrace config --config config/mainnet.conf --set feed.coins=BTC,ETH")
final class ConfigCommand implements Callable<Integer> {

    @Mixin
    private ConfigOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        List<Setting> settings = options.load().effective();
        int width = settings.stream()
                .mapToInt(setting -> line(setting).length())
                .max()
                .orElse(0);
        int column = Math.min(width, 60);
        for (Setting setting : settings) {
            out.printf("%-" + column + "s  # %s%n", line(setting), setting.origin());
        }
        return ExitCode.DONE;
    }

    private static String line(Setting setting) {
        return setting.key() + " = " + setting.value();
    }
}
