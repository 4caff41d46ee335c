package dev.millrace.bars;

import dev.millrace.market.Basis;
import dev.millrace.market.CoverageView;
import java.util.ArrayList;
import java.util.List;

/** Coverage of one symbol (or of all alike) as the plain list of its intervals. */
final class FakeCoverage implements CoverageView {

    private final List<long[]> intervals = new ArrayList<>();
    private boolean connected;
    private long unresolvedFrom = Long.MAX_VALUE;

    /** Everything, for tests that are not about coverage. */
    static FakeCoverage whole() {
        FakeCoverage whole = new FakeCoverage();
        whole.intervals.add(new long[] {Long.MIN_VALUE, Long.MAX_VALUE});
        return whole;
    }

    boolean isConnected() {
        return connected;
    }

    /** The stream starts, or starts again without a proof of what came before. */
    void start(long fromMs, long clockMs) {
        intervals.add(new long[] {fromMs, Math.max(fromMs, clockMs)});
        connected = true;
        unresolvedFrom = Long.MAX_VALUE;
    }

    void advance(long clockMs) {
        if (connected) {
            newest()[1] = Math.max(newest()[1], clockMs);
        }
    }

    void lose(long lastTimeMs) {
        newest()[1] = Math.max(newest()[0], Math.min(newest()[1], lastTimeMs));
        unresolvedFrom = newest()[1];
        connected = false;
    }

    /** An overlap proves the time since the loss, but for what lies before {@code provableFrom}. */
    void rejoin(long clockMs, long provableFrom) {
        if (provableFrom > unresolvedFrom) {
            start(provableFrom, clockMs);
        } else {
            connected = true;
            unresolvedFrom = Long.MAX_VALUE;
            advance(clockMs);
        }
    }

    @Override
    public boolean covered(int symbol, Basis basis, long fromMs, long toMs) {
        for (long[] interval : intervals) {
            if (interval[0] <= fromMs && toMs <= interval[1]) {
                return true;
            }
        }
        return false;
    }

    @Override
    public long unresolvedFrom(int symbol, Basis basis) {
        return unresolvedFrom;
    }

    private long[] newest() {
        return intervals.get(intervals.size() - 1);
    }
}
