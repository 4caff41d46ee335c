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
                        Optional.of(decimal("-13.5")),
                        Optional.of(decimal("100.02765")),
                        Optional.of(decimal("4.967826")),
                        Optional.of(decimal("0.0")),
                        List.of(position)),
                whole(AccountDecoder.perps(PERPS.getBytes(UTF_8))));
        String of2023 = PERPS.replace(",\"time\":1708622398623", "");
        assertEquals(
                OptionalLong.empty(),
                whole(AccountDecoder.perps(of2023.getBytes(UTF_8))).timeMs());
    }

    @Test
    void shouldReadBalancesOrdersFundingAndFees() throws IOException {
        assertEquals(
                List.of(new SpotBalance("PURR", 1, decimal("2000"), decimal("0"), decimal("1234.56"))),
                whole(AccountDecoder.balances(
                        ("{\"balances\":[{\"coin\":\"PURR\",\"token\":1,\"hold\":\"0\",\"total\":\"2000\","
                                        + "\"entryNtl\":\"1234.56\"}]}")
                                .getBytes(UTF_8))));
        assertEquals(
                List.of(new OpenOrder(
                        "BTC", false, decimal("29792.0"), decimal("0.0"), 91_490_942, 1_681_247_412_573L)),
                whole(AccountDecoder.orders(
                        ("[{\"coin\":\"BTC\",\"limitPx\":\"29792.0\",\"oid\":91490942,\"side\":\"A\","
                                        + "\"sz\":\"0.0\",\"timestamp\":1681247412573}]")
                                .getBytes(UTF_8))));
        assertEquals(
                List.of(new AccountFunding(
                        1_681_222_254_710L, "ETH", decimal("0.0000417"), decimal("49.1477"), decimal("-3.625312"))),
                whole(AccountDecoder.funding(
                        ("[{\"delta\":{\"coin\":\"ETH\",\"fundingRate\":\"0.0000417\",\"szi\":\"49.1477\","
                                        + "\"type\":\"funding\",\"usdc\":\"-3.625312\",\"nSamples\":null},\"hash\":\"0xa1\","
                                        + "\"time\":1681222254710}]")
                                .getBytes(UTF_8))));
        assertEquals(
                new AccountFees(
                        Optional.of(decimal("0.000315")),
                        Optional.of(decimal("-0.00001")),
                        Optional.of(decimal("0.00049")),
                        Optional.of(decimal("0.00028"))),
                whole(AccountDecoder.fees(
                        ("{\"feeSchedule\":{},\"userCrossRate\":\"0.000315\",\"userAddRate\":\"-0.00001\","
                                        + "\"userSpotCrossRate\":\"0.00049\",\"userSpotAddRate\":\"0.00028\",\"trial\":null}")
                                .getBytes(UTF_8))));
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
    void shouldLeaveOutWhatBreaksARuleAndSayWhere() throws IOException {
        leftOut(FILL.replace("\"sz\":\"43.84\"", "\"sz\":\"0.0\""), "userFillsByTime[1].sz should be above 0");
        leftOut(FILL.replace("\"side\":\"A\"", "\"side\":\"S\""), "userFillsByTime[1].side should be A or B");
        leftOut(FILL.replace("\"time\":1735969713869", "\"time\":-1"), "userFillsByTime[1].time should be a time");
        leftOut(FILL.replace("\"crossed\":true,", ""), "userFillsByTime[1].crossed is missing");
        leftOut("7", "userFillsByTime[1] should be an object");
        for (String odd : List.of(
                PERPS.replace("\"value\":20", "\"value\":0"),
                PERPS.replace("isolated", "shared"),
                PERPS.replace("\"positionValue\":\"100.02765\"", "\"positionValue\":\"NaN\""))) {
            Understood<PerpAccount> account = AccountDecoder.perps(odd.getBytes(UTF_8));
            assertEquals(List.of(), account.told().positions());
            assertEquals(Optional.of(decimal("-13.5")), account.told().value(), "the rest is told");
            assertTrue(account.odd().get(0).contains(".assetPositions[0].position."), account.odd()::toString);
        }
    }

    @Test
    void shouldTellTheOtherFiguresWhereOneIsOdd() throws IOException {
        Understood<PerpAccount> account =
                AccountDecoder.perps(PERPS.replace("\"withdrawable\":\"0.0\"", "\"withdrawable\":\"-1.0\"")
                        .getBytes(UTF_8));
        assertEquals(Optional.empty(), account.told().withdrawable());
        assertEquals(Optional.of(decimal("-13.5")), account.told().value());
        assertEquals(1, account.told().positions().size());
        assertEquals(1, account.odd().size());
        Understood<AccountFees> fees = AccountDecoder.fees(
                "{\"userCrossRate\":\"45\",\"userAddRate\":\"0\",\"userSpotCrossRate\":\"0\"}".getBytes(UTF_8));
        assertEquals(
                new AccountFees(
                        Optional.empty(), Optional.of(decimal("0")), Optional.of(decimal("0")), Optional.empty()),
                fees.told());
        assertEquals(2, fees.odd().size());
        assertTrue(fees.odd().get(0).contains("userCrossRate should be a fraction"), fees.odd()::toString);
        assertTrue(fees.odd().get(1).contains("userSpotAddRate is missing"), fees.odd()::toString);
    }

    @Test
    void shouldRefuseWhatIsAnotherReplyAsAWhole() {
        for (String odd : List.of("[]", "null", "{}", PERPS.substring(0, 99))) {
            assertThrows(IOException.class, () -> AccountDecoder.perps(odd.getBytes(UTF_8)), odd);
            assertThrows(IOException.class, () -> AccountDecoder.fees(odd.getBytes(UTF_8)), odd);
        }
        for (String odd : List.of("{}", "null", "[" + FILL)) {
            assertThrows(IOException.class, () -> AccountDecoder.fills(odd.getBytes(UTF_8)), odd);
        }
    }

    @Test
    void shouldAskForOneExchange() {
        AccountAddress address = new AccountAddress("0x" + "5e".repeat(20));
        assertEquals(
                "{\"type\":\"openOrders\",\"user\":\"" + address.text() + "\",\"dex\":\"xyz\"}",
                InfoRequest.ofUser("openOrders", address, "xyz").json());
        assertEquals(
                InfoRequest.ofUser("openOrders", address), InfoRequest.ofUser("openOrders", address, ""), "its own");
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
        return whole(AccountDecoder.fills(("[" + fill + "]").getBytes(UTF_8)));
    }

    private static <T> T whole(Understood<T> answer) {
        assertEquals(List.of(), answer.odd());
        return answer.told();
    }

    /** Between two that are as they should be. */
    private static void leftOut(String fill, String words) throws IOException {
        Understood<List<AccountFill>> fills =
                AccountDecoder.fills(("[" + FILL + "," + fill + "," + FILL + "]").getBytes(UTF_8));
        assertEquals(2, fills.told().size());
        assertEquals(1, fills.odd().size());
        assertTrue(fills.odd().get(0).startsWith(words), fills.odd()::toString);
    }

    private static BigDecimal decimal(String text) {
        return new BigDecimal(text);
    }
}
