package dev.millrace.discovery;

import java.util.List;

/**
 * What a collection came to.
 *
 * @param series asked for
 * @param upToDate of these, how many had nothing missing
 * @param pages requests answered
 * @param expected rows, if the venue had one for each bucket or hour
 * @param received rows that are final
 * @param failures one line for each page that no try brought
 */
public record CollectionResult(
        int series, int upToDate, int pages, long expected, long received, List<String> failures) {}
