package dev.millrace;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.market.CandleInterval;
import dev.millrace.simulator.RestClient;
import dev.millrace.simulator.Simulator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Candles of a local exchange, asked by nothing of ours, as text: time, open, high, low, close, volume, trades. */
final class ServedCandles {

    private ServedCandles() {}

    /** All that it serves of the span, both ends included; those still open too. */
    static JsonNode read(Simulator venue, String coin, CandleInterval interval, long fromMs, long toMs)
            throws IOException, InterruptedException {
        return new RestClient(venue)
                .json(
                        "{\"type\":\"candleSnapshot\",\"req\":{\"coin\":\"%s\",\"interval\":\"%s\",\"startTime\":%d,\"endTime\":%d}}"
                                .formatted(coin, interval, fromMs, toMs));
    }

    /** As {@link TableRows#query} gives a row of the same columns. */
    static String line(JsonNode candle) {
        List<String> values = new ArrayList<>(List.of(candle.get("t").asText()));
        for (String name : List.of("o", "h", "l", "c", "v")) {
            values.add(number(candle, name));
        }
        values.add(candle.get("n").asText());
        return String.join("|", values);
    }

    /** The double that a reply's text stands for. */
    static String number(JsonNode node, String name) {
        return String.valueOf(Double.parseDouble(node.get(name).asText()));
    }
}
