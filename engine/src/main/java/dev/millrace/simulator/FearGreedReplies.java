package dev.millrace.simulator;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * {@code GET /fng/?limit=N&format=json|csv&date_format=us|cn|kr|world} as Alternative.me answers it: JSON with tabs and
 * texts for numbers, or lines of CSV in a wrapper that only looks like JSON.
 */
final class FearGreedReplies {

    private static final Map<String, DateTimeFormatter> FORMATS = Map.of(
            "us", DateTimeFormatter.ofPattern("MM-dd-yyyy"),
            "cn", DateTimeFormatter.ofPattern("yyyy-MM-dd"),
            "kr", DateTimeFormatter.ofPattern("yyyy-MM-dd"),
            "world", DateTimeFormatter.ofPattern("dd-MM-yyyy"));

    private final SimulatedMarket market;
    private final FearGreedPast past;

    FearGreedReplies(SimulatedMarket market) {
        this.market = market;
        this.past = new FearGreedPast(market.model().seed());
    }

    Reply reply(String uri) {
        Map<String, List<String>> query = new QueryStringDecoder(uri).parameters();
        String limit = first(query, "limit");
        Optional<DateTimeFormatter> format = Optional.ofNullable(FORMATS.get(first(query, "date_format")));
        Instant now = Instant.ofEpochMilli(market.timeMs());
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        List<FearGreedPast.Reading> readings =
                past.latest(today, limit.matches("[0-9]{1,9}") ? Integer.parseInt(limit) : 1);
        String data = first(query, "format").equals("csv")
                ? csv(readings, format)
                : json(readings, format, secondsLeft(now, today));
        return Reply.json("{\n\t\"name\": \"Fear and Greed Index\",\n\t\"data\": [\n" + data
                + "\n\t],\n\t\"metadata\": {\n\t\t\"error\": null\n\t}\n}");
    }

    private static long secondsLeft(Instant now, LocalDate today) {
        return Duration.between(now, today.plusDays(1).atStartOfDay(ZoneOffset.UTC))
                .toSeconds();
    }

    private static String first(Map<String, List<String>> query, String name) {
        return query.getOrDefault(name, List.of("")).get(0);
    }

    private static String json(
            List<FearGreedPast.Reading> readings, Optional<DateTimeFormatter> format, long secondsLeft) {
        StringBuilder text = new StringBuilder();
        for (FearGreedPast.Reading reading : readings) {
            boolean newest = text.isEmpty();
            text.append(newest ? "" : ",\n")
                    .append("\t\t{\n\t\t\t\"value\": \"")
                    .append(reading.value());
            text.append("\",\n\t\t\t\"value_classification\": \"").append(reading.classification());
            text.append("\",\n\t\t\t\"timestamp\": \"")
                    .append(time(reading.day(), format))
                    .append('"');
            if (newest) {
                text.append(",\n\t\t\t\"time_until_update\": \"")
                        .append(secondsLeft)
                        .append('"');
            }
            text.append("\n\t\t}");
        }
        return text.toString();
    }

    /** The head names the columns in another order than they come, as recorded. */
    private static String csv(List<FearGreedPast.Reading> readings, Optional<DateTimeFormatter> format) {
        return readings.stream()
                .map(reading -> time(reading.day(), format) + "," + reading.value() + ',' + reading.classification())
                .collect(Collectors.joining("\n", "fng_value,fng_classification,date\n", ""));
    }

    private static String time(LocalDate day, Optional<DateTimeFormatter> format) {
        return format.map(day::format)
                .orElseGet(() -> Long.toString(day.atStartOfDay(ZoneOffset.UTC).toEpochSecond()));
    }
}
