package dev.millrace.journal;

import dev.millrace.config.JournalConfig;
import dev.millrace.market.NanoClock;
import dev.millrace.metrics.Counters;
import java.nio.file.Path;

/** Opens a journal as after a boot of the machine of the test's choice. */
public final class BootedJournal {

    private BootedJournal() {}

    public static JournalWriter open(Path dir, JournalConfig config, NanoClock clock, String boot) {
        return JournalWriter.open(dir, config, clock, new Counters(), boot);
    }
}
