package dev.millrace.quality;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Map;

/** Reads what the journal's records of a day say of the streams. */
@FunctionalInterface
public interface StreamSource {

    /**
     * Reads a day.
     *
     * @param from the record to begin with: no earlier one brought a trade of the day
     * @return by symbol
     */
    Map<String, DayStreams> read(LocalDate date, long from) throws IOException;
}
