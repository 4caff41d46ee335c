package dev.millrace.tools;

import dev.millrace.config.EngineConfig;
import java.io.PrintWriter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of the commands that are a daemon, and how they speak to people. */
final class DaemonOptions {

    @Mixin
    private ConfigOptions options;

    @Option(names = "--quiet", description = "No table and no health lines; changes of state are still told.")
    private boolean quiet;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** Reads the settings. */
    EngineConfig config() {
        return options.load().engine();
    }

    boolean isQuiet() {
        return quiet;
    }

    /** The command's own. */
    CommandSpec spec() {
        return spec;
    }

    /** A line on stderr, behind the command's name. */
    void say(String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(spec.qualifiedName() + ": " + line);
        err.flush();
    }
}
