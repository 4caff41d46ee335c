package dev.millrace.handover;

import dev.millrace.pipeline.MarketPosition;
import java.util.HashMap;
import java.util.Map;

/** A coin of a {@link MarketPosition} as a line of the control socket; a time that there is not is left out. */
final class Positions {

    private Positions() {}

    static Map<String, Object> line(MarketPosition.Coin coin) {
        Map<String, Object> line = new HashMap<>();
        line.put("coin", coin.name());
        line.put("live", coin.live());
        put(line, "newest-trade-ms", coin.newestTradeMs());
        put(line, "floor-ms", coin.floorMs());
        put(line, "book-ms", coin.slowBookMs());
        put(line, "fast-book-ms", coin.fastBookMs());
        put(line, "bbo-ms", coin.bboMs());
        return line;
    }

    private static void put(Map<String, Object> line, String key, long timeMs) {
        if (timeMs != MarketPosition.NONE) {
            line.put(key, timeMs);
        }
    }

    static MarketPosition.Coin coin(Map<String, Object> line) {
        return new MarketPosition.Coin(
                String.valueOf(line.get("coin")),
                Boolean.TRUE.equals(line.get("live")),
                number(line, "newest-trade-ms"),
                number(line, "floor-ms"),
                number(line, "book-ms"),
                number(line, "fast-book-ms"),
                number(line, "bbo-ms"));
    }

    /** {@link MarketPosition#NONE} when it is not there. */
    static long number(Map<String, Object> line, String key) {
        return line.get(key) instanceof Number number ? number.longValue() : MarketPosition.NONE;
    }
}
