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
 * @param refused rows that break a rule; asked for again by the next collection
 * @param refusals what is wrong with them, a few lines for each page
 * @param failures one line for each page that no try brought
 */
public record CollectionResult(
        int series,
        int upToDate,
        int pages,
        long expected,
        long received,
        long refused,
        List<String> refusals,
        List<String> failures) {}
