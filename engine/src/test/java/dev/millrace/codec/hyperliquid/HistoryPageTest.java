package dev.millrace.codec.hyperliquid;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.market.CandleInterval;
import dev.millrace.market.FundingPayment;
import dev.millrace.market.VenueCandle;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What one odd row costs: itself, and that nothing between the first and the last such row counts as whole. */
class HistoryPageTest {

    private static final long MINUTE = 60_000;
    private static final long T0 = 1_790_294_400_000L;
    private static final InfoRequest CANDLES =
            InfoRequest.candles("BTC", CandleInterval.ONE_MINUTE, T0, T0 + 10 * MINUTE - 1);

    @Test
    void shouldTakeAWholePageAsFront() throws IOException {
        HistoryPage<VenueCandle> page = candles(candle(0), candle(1), candle(4));
        assertTrue(page.isWhole());
        assertEquals(List.of(0L, 1L, 4L), minutes(page.rows()));
        assertEquals(page.rows(), page.front());
        assertEquals(List.of(), page.back());
        assertEquals(List.of(), candles().rows(), "an empty page is a page");
    }

    @Test
    void shouldKeepWhatStandsInFrontOfAndBehindAnOddRow() throws IOException {
        String odd = candle(2).replace("\"o\":\"2.0\"", "\"o\":\"9.0\"");
        HistoryPage<VenueCandle> page = candles(candle(0), candle(1), odd, candle(3));
        assertEquals(List.of(0L, 1L, 3L), minutes(page.rows()));
        assertEquals(List.of(0L, 1L), minutes(page.front()));
        assertEquals(List.of(3L), minutes(page.back()));
        assertEquals(
                List.of("candleSnapshot[2].o should be from the low 1.0 to the high 3.0, but is 9.0"
                        + " (2026-09-25T00:02:00Z)"),
                page.refused());
        assertEquals(4, page.elements());
    }

    @Test
    void shouldRefuseWhateverARowCanGetWrong() throws IOException {
        for (String odd : List.of(
                "null",
                "7",
                "{}",
                candle(2).replace("\"s\":\"BTC\",", ""),
                candle(2).replace("\"n\":4", "\"n\":-4"),
                candle(2).replace("\"v\":\"3.0\"", "\"v\":\"NaN\""),
                candle(2).replace("\"l\":\"1.0\"", "\"l\":\"0.0\""),
                candle(2).replace("\"t\":" + (T0 + 2 * MINUTE), "\"t\":-9223372036854775808"),
                candle(2).replace("\"t\":" + (T0 + 2 * MINUTE), "\"t\":" + (T0 + 2 * MINUTE + 1)),
                candle(11))) {
            HistoryPage<VenueCandle> page = candles(candle(0), odd, candle(3));
            assertEquals(List.of(0L, 3L), minutes(page.rows()), odd);
            assertEquals(1, page.refused().size(), odd);
        }
    }

    @Test
    void shouldRefuseBothOfTwoInTheWrongOrderOrOfOneTime() throws IOException {
        HistoryPage<VenueCandle> twice = candles(candle(0), candle(1), candle(1), candle(2));
        assertEquals(List.of(0L, 2L), minutes(twice.rows()));
        HistoryPage<VenueCandle> ahead = candles(candle(0), candle(8), candle(2), candle(3));
        assertEquals(
                List.of(0L, 3L), minutes(ahead.rows()), "one that is far ahead costs its neighbour, not all behind");
        assertEquals(2, ahead.refused().size());
    }

    @Test
    void shouldRefuseThePageThatAnswersAnotherQuestionOrIsNone() {
        String other = candle(1).replace("BTC", "ETH");
        assertThrows(IOException.class, () -> candles(candle(0), other));
        assertThrows(IOException.class, () -> HistoryDecoder.candles(CANDLES, "{\"error\":1}".getBytes(UTF_8)));
    }

    @Test
    void shouldReadFundingByTheSameRules() throws IOException {
        InfoRequest request = InfoRequest.funding("BTC", T0, T0 + MINUTE);
        String body = "[{\"coin\":\"BTC\",\"fundingRate\":\"0.1\",\"premium\":\"0.1\",\"time\":" + T0 + "},"
                + "{\"coin\":\"BTC\",\"fundingRate\":\"much\",\"premium\":\"0.1\",\"time\":" + (T0 + 1) + "},"
                + "{\"coin\":\"BTC\",\"fundingRate\":\"0.1\",\"time\":" + (T0 + 2) + "}]";
        HistoryPage<FundingPayment> page = HistoryDecoder.funding(request, body.getBytes(UTF_8));
        assertEquals(
                List.of(T0, T0 + 2),
                page.rows().stream().map(FundingPayment::timeMs).toList());
        assertEquals(
                List.of("fundingHistory[1].fundingRate should be a decimal, but is much (2026-09-25T00:00:00.001Z)"),
                page.refused());
    }

    private static HistoryPage<VenueCandle> candles(String... rows) throws IOException {
        String body = Arrays.stream(rows).collect(Collectors.joining(",", "[", "]"));
        return HistoryDecoder.candles(CANDLES, body.getBytes(UTF_8));
    }

    private static List<Long> minutes(List<VenueCandle> rows) {
        return rows.stream().map(row -> (row.startMs() - T0) / MINUTE).toList();
    }

    private static String candle(long minute) {
        long startMs = T0 + minute * MINUTE;
        return "{\"t\":" + startMs + ",\"T\":" + (startMs + MINUTE - 1) + ",\"s\":\"BTC\",\"i\":\"1m\",\"o\":\"2.0\","
                + "\"c\":\"2.0\",\"h\":\"3.0\",\"l\":\"1.0\",\"v\":\"3.0\",\"n\":4}";
    }
}
