package dev.millrace.tools;

import dev.millrace.lake.Lake;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The lake's folder: {@code --lake DIR}. */
final class LakeOption {

    @Option(names = "--lake", required = true, paramLabel = "DIR", description = "Folder of the lake.")
    private Path folder;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** @throws ParameterException when there is no such folder */
    Lake lake() {
        if (!Files.isDirectory(folder)) {
            throw new ParameterException(spec.commandLine(), "--lake " + folder + ": there is no such folder");
        }
        return new Lake(folder);
    }
}
