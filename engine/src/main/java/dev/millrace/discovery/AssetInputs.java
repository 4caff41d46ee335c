package dev.millrace.discovery;

import dev.millrace.market.Instrument;
import java.util.List;

/**
 * What was read about one coin, all as of the decision.
 *
 * @param instrument as the venue describes it
 * @param openInterestUsd open interest × mark price; NaN when the venue gave none
 * @param candles its daily candles, in any order
 * @param books the newest samples of its book
 */
public record AssetInputs(
        Instrument instrument, double openInterestUsd, List<DayCandle> candles, List<BookSample> books) {}
