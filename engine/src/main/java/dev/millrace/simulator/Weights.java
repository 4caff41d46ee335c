package dev.millrace.simulator;

import java.util.Set;

/** What requests cost of the minute's budget; how the venue rounds is not documented, here it rounds down. */
final class Weights {

    private static final Set<String> CHEAP =
            Set.of("l2Book", "allMids", "exchangeStatus", "clearinghouseState", "spotClearinghouseState");
    private static final int CHEAP_WEIGHT = 2;
    private static final int WEIGHT = 20;
    private static final int ITEMS = 20;
    private static final int CANDLES = 60;

    private Weights() {}

    static int of(String type, int items) {
        int base = CHEAP.contains(type) ? CHEAP_WEIGHT : WEIGHT;
        return base + items / (type.equals("candleSnapshot") ? CANDLES : ITEMS);
    }
}
