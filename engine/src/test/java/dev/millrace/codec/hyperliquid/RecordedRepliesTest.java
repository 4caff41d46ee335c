package dev.millrace.codec.hyperliquid;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.Recordings;
import dev.millrace.market.CandleInterval;
import dev.millrace.market.FundingPayment;
import dev.millrace.market.VenueCandle;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every recorded reply, against what Jackson reads: all leaves of the JSON, and the fields of each typed reply. */
class RecordedRepliesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long NONE = 0;

    private int leaves;

    @Test
    void shouldReadEveryLeafAsJacksonDoes() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(Recordings.folder().resolve("hyperliquid/rest"))) {
            files = all.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            byte[] body = Files.readAllBytes(file);
            compare(file.getFileName().toString(), JSON.readTree(body), ReplyJson.read("", body, body.length));
        }
        System.out.println(files.size() + " recorded replies, " + leaves + " leaves equal to Jackson's");
        assertTrue(files.size() >= 20 && leaves > 10_000, () -> files.size() + " files, " + leaves + " leaves");
    }

    private void compare(String path, JsonNode expected, Object actual) {
        if (expected.isObject()) {
            Map<?, ?> map = (Map<?, ?>) actual;
            assertEquals(expected.size(), map.size(), path);
            expected.properties()
                    .forEach(entry -> compare(path + "." + entry.getKey(), entry.getValue(), map.get(entry.getKey())));
        } else if (expected.isArray()) {
            List<?> list = (List<?>) actual;
            assertEquals(expected.size(), list.size(), path);
            for (int i = 0; i < list.size(); i++) {
                compare(path + "[" + i + "]", expected.get(i), list.get(i));
            }
        } else {
            leaves++;
            assertEquals(expected.isNull() ? "null" : expected.asText(), String.valueOf(actual), path);
        }
    }

    @Test
    void shouldReadCandlesAndFunding() throws IOException {
        InfoRequest old = InfoRequest.candles("kPEPE", CandleInterval.ONE_HOUR, 1_684_702_007_000L, 1_684_784_807_000L);
        candles("20230717-candleSnapshot-kPEPE-1h.json", old);
        candles(
                "20260731-h5i-candles.json",
                InfoRequest.candles("BTC", CandleInterval.ONE_HOUR, NONE, Long.MAX_VALUE - 1));
        InfoRequest since = InfoRequest.funding("BTC", 1_681_923_833_000L, Long.MAX_VALUE - 1);
        funding("20230717-fundingHistory-BTC-from-20230419.json", since);
        funding("20260731-h5i-funding.json", since);
    }

    private static void candles(String file, InfoRequest request) throws IOException {
        byte[] body = body(file);
        JsonNode expected = JSON.readTree(body);
        HistoryPage<VenueCandle> page = HistoryDecoder.candles(request, body);
        assertEquals(List.of(), page.refused());
        List<VenueCandle> candles = page.rows();
        assertEquals(expected.size(), candles.size());
        for (int i = 0; i < candles.size(); i++) {
            JsonNode node = expected.get(i);
            VenueCandle read = new VenueCandle(
                    node.get("t").asLong(),
                    node.get("T").asLong() + 1,
                    decimal(node, "o"),
                    decimal(node, "h"),
                    decimal(node, "l"),
                    decimal(node, "c"),
                    decimal(node, "v"),
                    node.get("n").asLong());
            assertEquals(read, candles.get(i));
        }
    }

    private static void funding(String file, InfoRequest request) throws IOException {
        byte[] body = body(file);
        JsonNode expected = JSON.readTree(body);
        HistoryPage<FundingPayment> page = HistoryDecoder.funding(request, body);
        assertEquals(List.of(), page.refused());
        List<FundingPayment> payments = page.rows();
        assertEquals(expected.size(), payments.size());
        for (int i = 0; i < payments.size(); i++) {
            JsonNode node = expected.get(i);
            assertEquals(
                    new FundingPayment(
                            node.get("time").asLong(),
                            decimal(node, "fundingRate"),
                            Optional.of(decimal(node, "premium"))),
                    payments.get(i));
        }
    }

    @Test
    void shouldReadListingsAndState() throws IOException {
        for (String file : List.of("20230717-meta.json", "20251213-meta.json")) {
            JsonNode universe = JSON.readTree(body(file)).get("universe");
            List<ListedPerp> perps = ListingDecoder.meta(body(file));
            assertEquals(universe.size(), perps.size());
            for (int i = 0; i < perps.size(); i++) {
                assertEquals(perp(universe.get(i)), perps.get(i));
            }
        }
        contexts("20260206-metaAndAssetCtxs.json");
        contexts("20260206-metaAndAssetCtxs-dex-xyz.json");
        contexts("20260731-h5i-meta_and_asset_ctxs.json");
        assertEquals(
                JSON.readTree(body("20260731-h5i-spot_meta.json"))
                        .get("universe")
                        .size(),
                ListingDecoder.spotMeta(body("20260731-h5i-spot_meta.json")).size());
        spot("20250822-spotMetaAndAssetCtxs.json");
        mids("20230717-allMids.json");
        mids("20251213-allMids.json");
        book("20230717-l2Book-DYDX.json", "DYDX");
        book("20260731-h5i-l2_book.json", "BTC");
        book("20260622-l2book_btc_nsf3.json", "BTC");
    }

    private static void contexts(String file) throws IOException {
        JsonNode reply = JSON.readTree(body(file));
        List<PerpContext> contexts = ListingDecoder.metaAndAssetContexts(body(file));
        assertEquals(reply.get(1).size(), contexts.size());
        for (int i = 0; i < contexts.size(); i++) {
            JsonNode node = reply.get(1).get(i);
            PerpContext read = new PerpContext(
                    perp(reply.get(0).get("universe").get(i)),
                    decimal(node, "funding"),
                    decimal(node, "openInterest"),
                    decimal(node, "prevDayPx"),
                    decimal(node, "dayNtlVlm"),
                    optional(node, "premium"),
                    decimal(node, "oraclePx"),
                    decimal(node, "markPx"),
                    optional(node, "midPx"));
            assertEquals(read, contexts.get(i));
        }
    }

    private static ListedPerp perp(JsonNode node) {
        return new ListedPerp(
                node.get("name").asText(),
                node.get("szDecimals").asInt(),
                node.get("maxLeverage").asInt(),
                node.path("onlyIsolated").asBoolean(),
                node.path("isDelisted").asBoolean());
    }

    private static void spot(String file) throws IOException {
        JsonNode nodes = JSON.readTree(body(file)).get(1);
        List<SpotContext> contexts = ListingDecoder.spotMetaAndAssetContexts(body(file));
        assertEquals(nodes.size(), contexts.size());
        for (int i = 0; i < contexts.size(); i++) {
            JsonNode node = nodes.get(i);
            SpotContext read = new SpotContext(
                    node.get("coin").asText(),
                    decimal(node, "prevDayPx"),
                    decimal(node, "dayNtlVlm"),
                    decimal(node, "markPx"),
                    optional(node, "midPx"),
                    decimal(node, "circulatingSupply"));
            assertEquals(read, contexts.get(i));
        }
    }

    private static void mids(String file) throws IOException {
        JsonNode node = JSON.readTree(body(file));
        Map<String, BigDecimal> mids = StateDecoder.allMids(body(file));
        assertEquals(node.size(), mids.size());
        mids.forEach((coin, mid) -> assertEquals(decimal(node, coin), mid));
    }

    private static void book(String file, String coin) throws IOException {
        JsonNode node = JSON.readTree(body(file));
        ReplyBook book = StateDecoder.book(coin, body(file));
        assertEquals(node.get("time").asLong(), book.timeMs());
        side(node.get("levels").get(0), book.bids());
        side(node.get("levels").get(1), book.asks());
    }

    private static void side(JsonNode nodes, List<ReplyBook.Level> levels) {
        assertEquals(nodes.size(), levels.size());
        for (int i = 0; i < levels.size(); i++) {
            JsonNode node = nodes.get(i);
            assertEquals(
                    new ReplyBook.Level(
                            decimal(node, "px"),
                            decimal(node, "sz"),
                            node.get("n").asLong()),
                    levels.get(i));
        }
    }

    @Test
    void shouldRefuseAPageThatDoesNotAnswerTheRequest() throws IOException {
        byte[] body = body("20260731-h5i-candles.json");
        long endMs = Long.MAX_VALUE - 1;
        refused(InfoRequest.candles("ETH", CandleInterval.ONE_HOUR, 0, endMs), body, "[0].s should be 'ETH'");
        refused(InfoRequest.candles("BTC", CandleInterval.ONE_DAY, 0, endMs), body, "[0].i should be '1d'");
        String text = new String(body, UTF_8);
        InfoRequest asked = InfoRequest.candles("BTC", CandleInterval.ONE_HOUR, 0, endMs);
        refused(asked, text.substring(0, text.length() / 2).getBytes(UTF_8), "neither a JSON object nor an array");
        refused(asked, (text + " x").getBytes(UTF_8), "neither a JSON object nor an array");
    }

    @Test
    void shouldRefuseTheRowThatBreaksARuleAndKeepTheOthers() throws IOException {
        String text = new String(body("20260731-h5i-candles.json"), UTF_8);
        oddRow(text.replaceFirst("64788.0", "1.0"), "should be from the low");
        oddRow(text.replaceFirst("1785193199999", "1785193199998"), "].T should be");
        oddRow(text.replaceFirst("\"v\": \"", "\"v\": \"-"), "].v should be 0 or more");
    }

    private static void oddRow(String body, String words) throws IOException {
        InfoRequest asked = InfoRequest.candles("BTC", CandleInterval.ONE_HOUR, 0, Long.MAX_VALUE - 1);
        HistoryPage<VenueCandle> page = HistoryDecoder.candles(asked, body.getBytes(UTF_8));
        assertEquals(1, page.refused().size());
        assertTrue(page.refused().get(0).contains(words), page.refused()::toString);
        assertEquals(JSON.readTree(body).size() - 1, page.rows().size());
    }

    private static void refused(InfoRequest request, byte[] body, String words) {
        IOException refused = assertThrows(IOException.class, () -> HistoryDecoder.candles(request, body));
        assertTrue(refused.getMessage().contains(words), refused::getMessage);
    }

    private static BigDecimal decimal(JsonNode node, String name) {
        return new BigDecimal(node.get(name).asText());
    }

    private static Optional<BigDecimal> optional(JsonNode node, String name) {
        return node.path(name).isTextual() ? Optional.of(decimal(node, name)) : Optional.empty();
    }

    private static byte[] body(String file) throws IOException {
        return Files.readAllBytes(Recordings.file("hyperliquid/rest/" + file));
    }
}
