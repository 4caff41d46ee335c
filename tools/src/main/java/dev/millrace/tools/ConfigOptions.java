package dev.millrace.tools;

import dev.millrace.config.ConfigLoader;
import dev.millrace.config.LoadedConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of every command that reads the configuration. */
final class ConfigOptions {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings over the defaults; may be repeated, the later file wins.")
    private List<Path> files = new ArrayList<>();

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "One setting over the files; may be repeated.")
    private List<String> assignments = new ArrayList<>();

    /** @param more over all others, {@code key=value} */
    LoadedConfig load(String... more) {
        List<String> all = new ArrayList<>(assignments);
        all.addAll(List.of(more));
        return ConfigLoader.ofProcess().load(files, all);
    }
}
