package dev.millrace.tools;

import dev.millrace.lake.Lake;
import dev.millrace.lake.LakeVerification;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Checks every file of a lake. */
@Command(
        name = "verify",
        description = {
            "Reads every row of a lake and compares checksums, digests and places;",
            "names each file that is damaged or does not belong there, and exits 3.",
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExample:%n",
        footer = "  millrace lake verify --lake data/lake")
final class LakeVerifyCommand implements Callable<Integer> {

    @Mixin
    private LakeOption option;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Lake lake = option.lake();
        LakeVerification result;
        try (Progress progress = Progress.of("verify", "bytes", lake.bytes())) {
            result = lake.verify(progress.done());
        }
        result.problems().forEach(spec.commandLine().getErr()::println);
        spec.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        "sound: %,d partitions, %,d rows; %,d bytes read, %,d problems%n",
                        result.partitions(),
                        result.rows(),
                        result.bytes(),
                        result.problems().size());
        return result.problems().isEmpty() ? ExitCode.DONE : ExitCode.DATA_DAMAGED;
    }
}
