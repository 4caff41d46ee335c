package dev.millrace.discovery;

import dev.millrace.market.BookMeasures;
import java.util.List;

/** What a coin's newest book samples come to. */
final class BookSamples {

    private BookSamples() {}

    static BookMeasures measures(List<BookSample> samples) {
        if (samples.isEmpty()) {
            return new BookMeasures(0, 0, Double.NaN, Double.NaN, false);
        }
        long first = samples.stream().mapToLong(BookSample::timeMs).min().orElseThrow();
        long last = samples.stream().mapToLong(BookSample::timeMs).max().orElseThrow();
        return new BookMeasures(
                samples.size(),
                last - first,
                Median.of(samples.stream().mapToDouble(BookSample::spreadBp)),
                Median.of(samples.stream().mapToDouble(BookSample::depthUsd)),
                samples.stream().anyMatch(BookSample::depthAtLeast));
    }
}
