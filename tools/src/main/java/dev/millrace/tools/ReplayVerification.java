package dev.millrace.tools;

import dev.millrace.barlog.BarLogVerification;
import dev.millrace.market.MarketEvent;
import dev.millrace.pipeline.GapMatch;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;

/** {@code replay --verify}: what the replay makes against what live left, the bars in the bar log, the gaps in the journal. */
final class ReplayVerification implements AutoCloseable {

    private final Path dir;
    private final BarLogVerification bars;
    private final GapMatch gaps = new GapMatch();

    ReplayVerification(Path dir) {
        this.dir = dir;
        bars = new BarLogVerification(dir);
    }

    BarLogVerification bars() {
        return bars;
    }

    GapMatch gaps() {
        return gaps;
    }

    void onAnnotation(MarketEvent event) {
        gaps.onGapRecord(event);
    }

    /**
     * Says what came out.
     *
     * @param lastSequence the last record replayed
     * @return the command's exit code
     */
    int report(long lastSequence, PrintWriter out, PrintWriter err) {
        BarLogVerification.Result result = bars.finish(lastSequence);
        long unwritten = gaps.passed() + gaps.unwritten().size();
        out.printf(
                Locale.ROOT,
                "compared %,d bars and revisions with %s: %,d days of a symbol and timeframe equal, %,d different, "
                        + "%,d unverified%n",
                result.bars(),
                dir,
                result.equal(),
                result.different(),
                result.unverified());
        out.printf(Locale.ROOT, "compared %,d gaps: %,d unverified%n", gaps.equal(), unwritten);
        result.firstDifference().ifPresent(difference -> err.println("first difference: " + difference));
        gaps.firstDifference().ifPresent(difference -> err.println("first difference of gaps: " + difference));
        if (result.isDifferent() || gaps.firstDifference().isPresent()) {
            return ExitCode.FAILED;
        }
        if (result.bars() == 0) {
            err.println("nothing to compare: live left no bars of this journal in " + dir + "; see --bars");
            return ExitCode.USAGE;
        }
        return ExitCode.DONE;
    }

    @Override
    public void close() {
        bars.close();
    }
}
