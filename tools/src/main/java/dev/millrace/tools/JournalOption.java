package dev.millrace.tools;

import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The journal's folder: {@code --journal DIR}, or DIR as the last argument. */
final class JournalOption {

    @Option(names = "--journal", paramLabel = "DIR", description = "Folder of the journal.")
    private Path option;

    @Parameters(arity = "0..1", paramLabel = "DIR", description = "The same, as the last argument.")
    private Path last;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** @throws ParameterException when it is missing or given twice */
    Path folder() {
        if ((option == null) == (last == null)) {
            throw new ParameterException(spec.commandLine(), "name the journal's folder once: --journal DIR");
        }
        return option == null ? last : option;
    }
}
