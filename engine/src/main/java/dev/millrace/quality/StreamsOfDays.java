package dev.millrace.quality;

import java.io.IOException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What the journal tells of the streams, each day read once, for all symbols together, when it is first asked for. For one thread. */
public final class StreamsOfDays {

    private final QualityTables tables;
    private final StreamSource journal;
    private final long oldest;
    private final Map<LocalDate, Map<String, DayStreams>> known = new HashMap<>();

    /** @param oldest first record that the journal holds; {@link Long#MAX_VALUE} for none */
    public StreamsOfDays(QualityTables tables, StreamSource journal, long oldest) {
        this.tables = tables;
        this.journal = journal;
        this.oldest = oldest;
    }

    /** Empty where the journal does not hold the whole day any more, or no trade of it is kept to tell. */
    public Optional<DayStreams> of(String symbol, LocalDate date) throws IOException {
        Map<String, DayStreams> day = known.get(date);
        if (day == null) {
            OptionalLong from = tables.firstRecord(date);
            day = from.isPresent() && oldest <= from.getAsLong() ? journal.read(date, from.getAsLong()) : Map.of();
            known.put(date, day);
        }
        return day.isEmpty() ? Optional.empty() : Optional.of(day.getOrDefault(symbol, DayStreams.NONE));
    }
}
