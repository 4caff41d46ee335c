package dev.millrace.rest;

import dev.millrace.codec.hyperliquid.HistoryDecoder;
import dev.millrace.codec.hyperliquid.InfoRequest;
import java.io.IOException;
import java.util.Set;

/**
 * What a call costs of the minute's budget (protocol notes, section 3): a base, and one for each 20 or 60 items of a list.
 * How the venue rounds is not documented; here it rounds up.
 */
final class RequestWeight {

    private static final int BASE = 20;
    private static final int CHEAP = 2;
    private static final Set<String> CHEAP_TYPES =
            Set.of("l2Book", "allMids", "exchangeStatus", "clearinghouseState", "spotClearinghouseState");
    private static final Set<String> LISTS = Set.of("recentTrades", "fundingHistory", "userFillsByTime", "userFunding");
    private static final int ITEMS = 20;
    private static final int CANDLES = 60;
    /** Elements of a reply at most, where nothing else bounds them. */
    private static final int MOST_ITEMS = 500;
    /** As many fills as the venue gives of a stretch of time. */
    private static final int MOST_FILLS = 2_000;

    private RequestWeight() {}

    /** When the reply has so many elements. */
    static int of(InfoRequest request, int items) {
        int base = CHEAP_TYPES.contains(request.type()) ? CHEAP : BASE;
        if (request.type().equals("candleSnapshot")) {
            return base + ceil(items, CANDLES);
        }
        return LISTS.contains(request.type()) ? base + ceil(items, ITEMS) : base;
    }

    /** The most that it can be. */
    static int most(InfoRequest request) {
        return of(
                request,
                switch (request.type()) {
                    case "candleSnapshot" -> candles(request);
                    case "userFillsByTime" -> MOST_FILLS;
                    default -> MOST_ITEMS;
                });
    }

    private static int ceil(int items, int each) {
        return (items + each - 1) / each;
    }

    /** The bucket that holds the start may come too. */
    private static int candles(InfoRequest request) {
        try {
            long endMs = HistoryDecoder.endMs(request);
            long starts = endMs == Long.MAX_VALUE
                    ? HistoryDecoder.CANDLES
                    : HistoryDecoder.interval(request).startsIn(HistoryDecoder.startMs(request), endMs + 1);
            return (int) Math.min(HistoryDecoder.CANDLES, starts + 1);
        } catch (IOException unreadable) {
            return HistoryDecoder.CANDLES; // written by another version: what it can be at most
        }
    }
}
