package dev.millrace.tools;

import java.util.function.LongConsumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar with an ETA on stderr, for work that takes long; nothing when stderr is not a terminal. */
final class Progress implements AutoCloseable {

    private static final int UPDATE_MS = 200;

    private final ProgressBar bar;

    private Progress(ProgressBar bar) {
        this.bar = bar;
    }

    /** @param total what the work counts up to; a negative one when it is not known */
    static Progress of(String task, String unit, long total) {
        if (!Boolean.getBoolean("millrace.stderr-terminal")) {
            return new Progress(null);
        }
        return new Progress(new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total)
                .setUnit(" " + unit, 1)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(UPDATE_MS)
                .setConsumer(new ConsoleProgressBarConsumer(System.err, 80))
                .build());
    }

    /** Told how much is done. */
    LongConsumer done() {
        return bar == null ? ignored -> {} : bar::stepTo;
    }

    /** Shows these words behind the bar. */
    void say(String words) {
        if (bar != null) {
            bar.setExtraMessage(words);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
