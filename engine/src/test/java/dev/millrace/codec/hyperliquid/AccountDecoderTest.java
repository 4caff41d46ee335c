package dev.millrace.codec.hyperliquid;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/**
 * There are no recorded replies about accounts among the shared data: these bodies are made by hand in the forms of the venue's
 * documentation (info endpoint, August 2026).
 */
class AccountDecoderTest {

    private static final String POSITION = "{\"type\":\"oneWay\",\"position\":{\"coin\":\"ETH\",\"szi\":\"-0.0335\","
            + "\"leverage\":{\"type\":\"isolated\",\"value\":20,\"rawUsd\":\"-95.059824\"},\"entryPx\":\"2986.3\","
            + "\"positionValue\":\"100.02765\",\"unrealizedPnl\":\"-0.0134\",\"returnOnEquity\":\"-0.0026789\","
            + "\"liquidationPx\":null,\"marginUsed\":\"4.967826\",\"cumFunding\":{\"allTime\":\"514.1\"}}}";
    private static final String PERPS = "{\"assetPositions\":[" + POSITION + "],\"marginSummary\":"
            + "{\"accountValue\":\"-13.5\",\"totalMarginUsed\":\"4.967826\",\"totalNtlPos\":\"100.02765\","
            + "\"totalRawUsd\":\"1.0\"},\"withdrawable\":\"0.0\",\"time\":1708622398623}";
    private static final String FILL = "{\"coin\":\"@107\",\"px\":\"18.62041381\",\"sz\":\"43.84\",\"side\":\"A\","
            + "\"time\":1735969713869,\"startPosition\":\"10659.65434798\",\"dir\":\"Sell\",\"closedPnl\":\"8722.988077\","
            + "\"hash\":\"0x22\",\"oid\":59071663721,\"crossed\":true,\"fee\":\"-0.304521\",\"tid\":907359904431134,"
            + "\"feeToken\":\"USDC\"}";

    @Test
    void shouldReadAMarginAccount() throws IOException {
        PerpAccount.Position position = new PerpAccount.Position(
                "ETH",
                decimal("-0.0335"),
                Optional.of(decimal("2986.3")),
                decimal("100.02765"),
                decimal("-0.0134"),
                Optional.empty(),
                decimal("4.967826"),
                20,
                false);
        assertEquals(
                new PerpAccount(
                        OptionalLong.of(1_708_622_398_623L),
                        decimal("-13.5"),
                        decimal("100.02765"),
                        decimal("4.967826"),
                        decimal("0.0"),
                        List.of(position)),
                AccountDecoder.perps(PERPS.getBytes(UTF_8)));
        String of2023 = PERPS.replace(",\"time\":1708622398623", "");
        assertEquals(
                OptionalLong.empty(),
                AccountDecoder.perps(of2023.getBytes(UTF_8)).timeMs());
    }

    @Test
    void shouldReadBalancesOrdersFundingAndFees() throws IOException {
        assertEquals(
                List.of(new SpotBalance("PURR", 1, decimal("2000"), decimal("0"), decimal("1234.56"))),
                AccountDecoder.balances(
                        ("{\"balances\":[{\"coin\":\"PURR\",\"token\":1,\"hold\":\"0\",\"total\":\"2000\","
                                        + "\"entryNtl\":\"1234.56\"}]}")
                                .getBytes(UTF_8)));
        assertEquals(
                List.of(new OpenOrder(
                        "BTC", false, decimal("29792.0"), decimal("0.0"), 91_490_942, 1_681_247_412_573L)),
                AccountDecoder.orders(("[{\"coin\":\"BTC\",\"limitPx\":\"29792.0\",\"oid\":91490942,\"side\":\"A\","
                                + "\"sz\":\"0.0\",\"timestamp\":1681247412573}]")
                        .getBytes(UTF_8)));
        assertEquals(
                List.of(new AccountFunding(
                        1_681_222_254_710L, "ETH", decimal("0.0000417"), decimal("49.1477"), decimal("-3.625312"))),
                AccountDecoder.funding(
                        ("[{\"delta\":{\"coin\":\"ETH\",\"fundingRate\":\"0.0000417\",\"szi\":\"49.1477\","
                                        + "\"type\":\"funding\",\"usdc\":\"-3.625312\",\"nSamples\":null},\"hash\":\"0xa1\","
                                        + "\"time\":1681222254710}]")
                                .getBytes(UTF_8)));
        assertEquals(
                new AccountFees(decimal("0.000315"), decimal("-0.00001"), decimal("0.00049"), decimal("0.00028")),
                AccountDecoder.fees(("{\"feeSchedule\":{},\"userCrossRate\":\"0.000315\",\"userAddRate\":\"-0.00001\","
                                + "\"userSpotCrossRate\":\"0.00049\",\"userSpotAddRate\":\"0.00028\",\"trial\":null}")
                        .getBytes(UTF_8)));
    }

    @Test
    void shouldReadFillsOfNowAndOf2023() throws IOException {
        AccountFill fill = fills(FILL).get(0);
        assertEquals(
                new AccountFill(
                        1_735_969_713_869L,
                        "@107",
                        false,
                        decimal("18.62041381"),
                        decimal("43.84"),
                        decimal("10659.65434798"),
                        "Sell",
                        decimal("8722.988077"),
                        decimal("-0.304521"),
                        "USDC",
                        true,
                        "0x22",
                        59_071_663_721L,
                        OptionalLong.of(907_359_904_431_134L)),
                fill);
        AccountFill old = fills(FILL.replace(",\"tid\":907359904431134,\"feeToken\":\"USDC\"", ""))
                .get(0);
        assertEquals(OptionalLong.empty(), old.tradeId());
        assertEquals("", old.feeToken());
    }

    @Test
    void shouldRefuseWhatBreaksARuleAndSayWhere() {
        refused(FILL.replace("\"sz\":\"43.84\"", "\"sz\":\"0.0\""), "userFillsByTime[0].sz should be above 0");
        refused(FILL.replace("\"side\":\"A\"", "\"side\":\"S\""), "userFillsByTime[0].side should be A or B");
        refused(FILL.replace("\"time\":1735969713869", "\"time\":-1"), "userFillsByTime[0].time should be a time");
        refused(FILL.replace("\"crossed\":true,", ""), "userFillsByTime[0].crossed is missing");
        for (String odd : List.of(
                PERPS.replace("\"value\":20", "\"value\":0"),
                PERPS.replace("isolated", "shared"),
                PERPS.replace("\"withdrawable\":\"0.0\"", "\"withdrawable\":\"-1.0\""),
                PERPS.replace("\"positionValue\":\"100.02765\"", "\"positionValue\":\"NaN\""),
                "[]",
                "null",
                PERPS.substring(0, 99))) {
            assertThrows(IOException.class, () -> AccountDecoder.perps(odd.getBytes(UTF_8)), odd);
        }
        String fees =
                "{\"userCrossRate\":\"45\",\"userAddRate\":\"0\",\"userSpotCrossRate\":\"0\",\"userSpotAddRate\":\"0\"}";
        assertThrows(IOException.class, () -> AccountDecoder.fees(fees.getBytes(UTF_8)));
    }

    @Test
    void shouldTakeAnAddressAndNeverShowWhatIsNone() {
        String address = "0x5E9ee1089755c3435139848e47e6635505d5a13A";
        assertEquals(
                "{\"type\":\"openOrders\",\"user\":\"0x5e9ee1089755c3435139848e47e6635505d5a13a\"}",
                InfoRequest.ofUser("openOrders", new AccountAddress(address)).json());
        String key = "0x" + "4f".repeat(32);
        for (String none : List.of("", "5e9e", address + "0", address.replace("5E", "5G"), address.substring(2), key)) {
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> new AccountAddress(none), none);
            assertTrue(refused.getMessage().contains("0x and 40 hexadecimal digits"), refused::getMessage);
            assertFalse(!none.isEmpty() && refused.getMessage().contains(none), "it may be a private key");
        }
    }

    private static List<AccountFill> fills(String fill) throws IOException {
        return AccountDecoder.fills(("[" + fill + "]").getBytes(UTF_8));
    }

    private static void refused(String fill, String words) {
        IOException refused = assertThrows(IOException.class, () -> fills(fill));
        assertTrue(refused.getMessage().startsWith(words), refused::getMessage);
    }

    private static BigDecimal decimal(String text) {
        return new BigDecimal(text);
    }
}
