package dev.millrace.codec.alternativeme;

import dev.millrace.market.SentimentReading;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a reply says.
 *
 * @param name of the index
 * @param readings in the reply's order, newest first as the source sends them; one for each day that it has
 * @param secondsUntilUpdate until the newest is replaced; told with the newest only
 * @param refused entries that could not be read, each in words
 */
public record FearGreedReply(
        String name, List<SentimentReading> readings, OptionalLong secondsUntilUpdate, List<String> refused) {

    public FearGreedReply {
        readings = List.copyOf(readings);
        refused = List.copyOf(refused);
    }

    /** The reading of the latest day. */
    public Optional<SentimentReading> newest() {
        return readings.stream().max(Comparator.comparingLong(SentimentReading::dayMs));
    }
}
