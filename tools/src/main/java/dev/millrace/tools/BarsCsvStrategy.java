package dev.millrace.tools;

import dev.millrace.bars.BarsCsv;
import dev.millrace.market.Bar;
import dev.millrace.strategy.MarketView;
import dev.millrace.strategy.Strategy;

/** Collects the bars of a replay for {@code --bars-csv}, those still open at its end included. */
final class BarsCsvStrategy implements Strategy {

    private final BarsCsv csv;
    private MarketView market;

    BarsCsvStrategy(BarsCsv csv) {
        this.csv = csv;
    }

    @Override
    public void onStart(MarketView view) {
        market = view;
    }

    @Override
    public void onBar(Bar bar) {
        csv.onBar(bar);
    }

    @Override
    public void onBarRevised(Bar bar) {
        csv.onBarRevised(bar);
    }

    /** After the last record: adds the open bars. */
    BarsCsv finished() {
        if (market != null) {
            market.forEachOpenBar(csv::onOpenBar);
        }
        return csv;
    }
}
