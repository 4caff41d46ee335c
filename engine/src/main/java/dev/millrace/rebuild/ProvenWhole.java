package dev.millrace.rebuild;

import dev.millrace.market.Basis;
import dev.millrace.market.CoverageView;
import dev.millrace.store.HeldDays.Stretch;
import java.util.List;

/** Coverage of one symbol as bars that are complete prove it: each of them proves its bucket. */
record ProvenWhole(List<Stretch> stretches) implements CoverageView {

    @Override
    public boolean covered(int symbol, Basis basis, long fromMs, long toMs) {
        return stretches.stream().anyMatch(one -> one.fromMs() <= fromMs && toMs <= one.toMs());
    }

    @Override
    public long unresolvedFrom(int symbol, Basis basis) {
        return Long.MAX_VALUE;
    }
}
