package dev.millrace.codec.hyperliquid;

import dev.millrace.market.CandleInterval;
import dev.millrace.market.FundingPayment;
import dev.millrace.market.VenueCandle;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Pages of candles and funding, read against the request they answer: what was not asked for, is out of order or breaks a
 * range makes the whole page an {@link IOException} that says where. Cold; any thread.
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
    public static List<VenueCandle> candles(InfoRequest request, byte[] body) throws IOException {
        CandleInterval interval = interval(request);
        String coin = coin(request);
        long startMs = startMs(request);
        long endMs = endMs(request);
        List<VenueCandle> candles = new ArrayList<>();
        long previousMs = Long.MIN_VALUE;
        for (MetadataReply element : ReplyJson.reply("candleSnapshot", body).elements()) {
            requireName(element.member("s"), coin);
            requireName(element.member("i"), interval.label());
            VenueCandle candle = candle(element, interval);
            if (candle.startMs() <= previousMs || candle.endMs() <= startMs || candle.startMs() > endMs) {
                throw element.member("t").expected("behind the one before, and in " + startMs + " to " + endMs);
            }
            previousMs = candle.startMs();
            candles.add(candle);
        }
        return candles;
    }

    private static VenueCandle candle(MetadataReply element, CandleInterval interval) throws IOException {
        long startMs = element.member("t").whole();
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
    public static List<FundingPayment> funding(InfoRequest request, byte[] body) throws IOException {
        String coin = coin(request);
        long startMs = startMs(request);
        long endMs = endMs(request);
        List<FundingPayment> payments = new ArrayList<>();
        long previousMs = Long.MIN_VALUE;
        for (MetadataReply element : ReplyJson.reply("fundingHistory", body).elements()) {
            requireName(element.member("coin"), coin);
            long timeMs = element.member("time").whole();
            if (timeMs <= previousMs || timeMs < startMs || timeMs > endMs) {
                throw element.member("time").expected("behind the one before, and in " + startMs + " to " + endMs);
            }
            previousMs = timeMs;
            payments.add(new FundingPayment(
                    timeMs, element.member("fundingRate").decimal(), element.optionalDecimal("premium")));
        }
        return payments;
    }

    private static void requireName(MetadataReply found, String asked) throws IOException {
        if (!asked.equals(found.value())) {
            throw found.expected("'" + asked + "', which was asked for");
        }
    }
}
