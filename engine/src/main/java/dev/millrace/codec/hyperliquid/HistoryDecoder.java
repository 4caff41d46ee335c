package dev.millrace.codec.hyperliquid;

import dev.millrace.market.CandleInterval;
import dev.millrace.market.FundingPayment;
import dev.millrace.market.VenueCandle;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;

/**
 * Pages of candles and funding, read against the request they answer. A row that breaks a rule is refused, and so are two that
 * stand in the wrong order or are of one time, since neither is more right; the others are kept. What is no page, or answers
 * another question, is an {@link IOException} that says where. Cold; any thread.
 */
public final class HistoryDecoder {

    /** Candles of a page at most: the venue keeps no more of an interval. */
    public static final int CANDLES = 5_000;

    private HistoryDecoder() {}

    /** The venue's interval that a request for candles names. */
    public static CandleInterval interval(InfoRequest request) throws IOException {
        try {
            return CandleInterval.of(asked(request).member("interval").name());
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** The coin of a request for candles or funding. */
    public static String coin(InfoRequest request) throws IOException {
        return asked(request).member("coin").name();
    }

    /** First time that a request for candles or funding asks for, ms since 1970. */
    public static long startMs(InfoRequest request) throws IOException {
        return asked(request).member("startTime").whole();
    }

    /** Last time that a request for candles or funding asks for, inclusive; the greatest number where it names none. */
    public static long endMs(InfoRequest request) throws IOException {
        MetadataReply asked = asked(request);
        return asked.has("endTime") ? asked.member("endTime").whole() : Long.MAX_VALUE;
    }

    private static MetadataReply asked(InfoRequest request) throws IOException {
        MetadataReply members = new MetadataReply(request.type(), request.members());
        return members.has("req") ? members.member("req") : members;
    }

    /** Candles, ascending; the last may still be open. */
    public static HistoryPage<VenueCandle> candles(InfoRequest request, byte[] body) throws IOException {
        CandleInterval interval = interval(request);
        long startMs = startMs(request);
        long endMs = endMs(request);
        List<MetadataReply> elements = ReplyJson.reply("candleSnapshot", body).elements();
        requireNames(elements, "s", coin(request));
        requireNames(elements, "i", interval.label());
        return HistoryPage.read(
                elements,
                "t",
                element -> {
                    VenueCandle candle = candle(element, interval);
                    if (candle.endMs() <= startMs || candle.startMs() > endMs) {
                        throw outside(element.member("t"), startMs, endMs);
                    }
                    return candle;
                },
                VenueCandle::startMs);
    }

    private static VenueCandle candle(MetadataReply element, CandleInterval interval) throws IOException {
        element.member("s"); // that they name what was asked for is known, not that they are there
        element.member("i");
        long startMs = element.member("t").time();
        long endMs = interval.startOf(startMs, 1);
        if (interval.startOf(startMs) != startMs) {
            throw element.member("t").expected("the start of a bucket of " + interval);
        }
        if (element.member("T").whole() != endMs - 1) {
            throw element.member("T").expected("the last millisecond of the bucket, " + (endMs - 1));
        }
        BigDecimal high = element.member("h").positive();
        BigDecimal low = element.member("l").positive();
        long trades = element.member("n").whole();
        if (trades < 0) {
            throw element.member("n").expected("0 or more");
        }
        return new VenueCandle(
                startMs,
                endMs,
                within(element.member("o"), low, high),
                high,
                low,
                within(element.member("c"), low, high),
                element.member("v").notNegative(),
                trades);
    }

    private static BigDecimal within(MetadataReply price, BigDecimal low, BigDecimal high) throws IOException {
        BigDecimal value = price.decimal();
        if (value.compareTo(low) < 0 || value.compareTo(high) > 0) {
            throw price.expected("from the low " + low + " to the high " + high);
        }
        return value;
    }

    /** Funding, ascending; at most 500 rows, the next page begins behind the last. */
    public static HistoryPage<FundingPayment> funding(InfoRequest request, byte[] body) throws IOException {
        long startMs = startMs(request);
        long endMs = endMs(request);
        List<MetadataReply> elements = ReplyJson.reply("fundingHistory", body).elements();
        requireNames(elements, "coin", coin(request));
        return HistoryPage.read(
                elements,
                "time",
                element -> {
                    element.member("coin");
                    long timeMs = element.member("time").time();
                    if (timeMs < startMs || timeMs > endMs) {
                        throw outside(element.member("time"), startMs, endMs);
                    }
                    return new FundingPayment(
                            timeMs, element.member("fundingRate").decimal(), element.optionalDecimal("premium"));
                },
                FundingPayment::timeMs);
    }

    private static void requireNames(List<MetadataReply> elements, String key, String asked) throws IOException {
        for (MetadataReply element : elements) {
            if (element.has(key) && !asked.equals(element.member(key).value())) {
                throw element.member(key).expected("'" + asked + "', which was asked for");
            }
        }
    }

    private static IOException outside(MetadataReply time, long startMs, long endMs) {
        return time.expected("in " + startMs + " to " + endMs + ", which was asked for");
    }
}
