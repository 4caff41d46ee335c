package dev.millrace.tools;

import dev.millrace.config.EngineConfig;
import dev.millrace.quality.Certificates;
import dev.millrace.quality.Verification;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Checks every certificate. */
@Command(
        name = "verify",
        description = {
            "Computes the digest of the rows of every certificate again; names each certificate that was changed, or "
                    + "whose rows were, tells what evidence is left, and exits 3 when there is one.",
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExample:%n",
        footer = "  millrace quality verify --config config/mainnet.conf")
final class QualityVerifyCommand implements Callable<Integer> {

    @Mixin
    private ConfigOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        EngineConfig config = options.load().engine();
        Certificates certificates = new Certificates(config.data().lake());
        long oldest = QualityRange.oldestRecord(config);
        Verification[] result = {null};
        QualityRange.read(config, tables -> result[0] = Verification.of(certificates, tables, oldest));
        Verification found = result[0];
        found.problems().forEach(spec.commandLine().getErr()::println);
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "sound: %,d certificates, %,d problems%n",
                found.sound(),
                found.problems().size());
        if (found.sound() > 0) {
            out.println("evidence left: "
                    + found.evidence().entrySet().stream()
                            .map(entry -> entry.getKey().label() + " " + entry.getValue())
                            .collect(Collectors.joining(", ")));
        }
        return found.problems().isEmpty() ? ExitCode.DONE : ExitCode.DATA_DAMAGED;
    }
}
