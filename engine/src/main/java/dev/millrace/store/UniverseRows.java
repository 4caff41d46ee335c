package dev.millrace.store;

import dev.millrace.market.AssetMeasures;
import dev.millrace.market.AssetVerdict;
import dev.millrace.market.BookMeasures;
import dev.millrace.market.DayMeasures;
import dev.millrace.market.UniverseDecision;

/** A decision about the universe as rows, one a coin. */
final class UniverseRows {

    private UniverseRows() {}

    static void add(UniverseDecision decision, long receiveNs, long sequence, RowBuffer rows) {
        for (AssetVerdict verdict : decision.verdicts()) {
            rows.time(decision.atMs()).text(verdict.symbol());
            rows.flag(verdict.standing().member());
            if (verdict.rank() == 0) {
                rows.none();
            } else {
                rows.whole(verdict.rank());
            }
            rows.number(verdict.scores().composite())
                    .number(verdict.scores().liquidity())
                    .number(verdict.scores().volatility());
            measures(verdict.measures(), rows);
            rows.whole(verdict.standing().entering())
                    .whole(verdict.standing().leaving())
                    .whole(verdict.standing().failing())
                    .text(verdict.reason())
                    .text(decision.note())
                    .whole(receiveNs)
                    .whole(sequence)
                    .end();
        }
    }

    private static void measures(AssetMeasures measures, RowBuffer rows) {
        DayMeasures days = measures.days();
        BookMeasures book = measures.book();
        rows.number(days.volumeUsd());
        known(measures.openInterestUsd(), rows);
        known(book.spreadBp(), rows);
        known(book.depthUsd(), rows);
        rows.flag(book.depthAtLeast());
        known(days.deviation(), rows);
        rows.whole(measures.maxLeverage()).whole(days.candles()).whole(book.samples());
    }

    private static void known(double value, RowBuffer rows) {
        if (Double.isNaN(value)) {
            rows.none();
        } else {
            rows.number(value);
        }
    }
}
