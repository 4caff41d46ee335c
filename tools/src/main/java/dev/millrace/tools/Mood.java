package dev.millrace.tools;

import dev.millrace.market.SentimentReading;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What is known of sentiment, by day. */
final class Mood {

    private final NavigableMap<LocalDate, SentimentReading> days = new TreeMap<>();
    private String problem = "";

    /** The later word on a day counts. */
    void add(SentimentReading reading) {
        LocalDate day = LocalDate.ofInstant(Instant.ofEpochMilli(reading.dayMs()), ZoneOffset.UTC);
        days.merge(day, reading, (known, told) -> told.receiveNs() >= known.receiveNs() ? told : known);
    }

    /** Why the source gave nothing newer. */
    void failed(String why) {
        problem = why;
    }

    String problem() {
        return problem;
    }

    /** May be empty. */
    NavigableMap<LocalDate, SentimentReading> days() {
        return days;
    }
}
