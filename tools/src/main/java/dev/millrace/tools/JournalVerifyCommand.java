package dev.millrace.tools;

import dev.millrace.journal.JournalReader;
import dev.millrace.journal.JournalVerify;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Checks every record of a journal. */
@Command(
        name = "verify",
        description = "Checks length, checksum and sequence of every record; exits 3 at damage and names the first.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExample:%n",
        footer = "  millrace journal verify data/journal")
final class JournalVerifyCommand implements Callable<Integer> {

    @Mixin
    private JournalOption journal;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        JournalVerify.Result result;
        try (Progress progress = Progress.of("verify", "records", lastSequence())) {
            result = JournalVerify.run(journal.folder(), progress.done());
        }
        if (result.firstDamage().isPresent()) {
            throw result.firstDamage().get();
        }
        spec.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        "sound: %,d records, last sequence %d, %,d bytes%n",
                        result.records(),
                        result.lastSequence(),
                        result.bytes());
        return ExitCode.DONE;
    }

    private long lastSequence() {
        try (JournalReader reader = JournalReader.open(journal.folder())) {
            return reader.lastSequence();
        }
    }
}
