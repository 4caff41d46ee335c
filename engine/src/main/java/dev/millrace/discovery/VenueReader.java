package dev.millrace.discovery;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What a decision asks the venue. Calls block; each answer was journaled before it is given. */
public interface VenueReader {

    /** All perpetuals, the delisted ones too, each without candles and books. */
    List<AssetInputs> perps() throws IOException, InterruptedException;

    /** The coin's book now; empty when it lacks a side. */
    Optional<BookSample> book(String coin) throws IOException, InterruptedException;

    /** Daily candles of these days, UTC days since 1970, both inclusive. */
    List<DayCandle> candles(String coin, long firstDay, long lastDay) throws IOException, InterruptedException;
}
