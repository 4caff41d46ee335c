package dev.millrace.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.market.Subscription;
import java.io.EOFException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Coins that come and go while the market runs. */
class ListingTest {

    private static final MarketModel MODEL =
            MarketModel.of(5, 1_790_232_000_000L).withCadence(new Cadence(10, 10, 10, 10));

    private final ObjectMapper json = new ObjectMapper();

    @Test
    void shouldTradeACoinFromItsListingOn() throws Exception {
        Conduct conduct = Conduct.good().with("list:coin=xyz:NEW@100ms");
        try (Simulator simulator = Simulator.start(SimulatorConfig.of(MODEL).withConduct(conduct));
                RawClient early = new RawClient(simulator);
                RawClient client = new RawClient(simulator)) {
            early.subscribe("trades", "xyz:NEW");
            assertThrows(EOFException.class, early::next);
            RestClient rest = new RestClient(simulator);
            while (rest.json("{\"type\":\"perpDexs\"}").size() == 1) {
                client.untilPong();
            }
            assertEquals(
                    "xyz:NEW",
                    rest.json("{\"type\":\"meta\",\"dex\":\"xyz\"}")
                            .at("/universe/0/name")
                            .textValue());
            client.subscribe("trades", "xyz:NEW");
            assertEquals(3, client.next("\"channel\":\"trades\"", 3).size());
        }
    }

    @Test
    void shouldEmptyTheBookOfADelistedCoin() throws Exception {
        Conduct conduct = Conduct.good().with("delist:coin=SOL@400ms");
        try (Simulator simulator = Simulator.start(SimulatorConfig.of(MODEL).withConduct(conduct));
                RawClient client = new RawClient(simulator)) {
            client.subscribe("l2Book", "SOL").subscribe("activeAssetCtx", "SOL");
            assertEquals(
                    20,
                    data(client.next("\"channel\":\"l2Book\"")).at("/levels/0").size());
            String empty = client.next("\"levels\":[[],[]]");
            JsonNode context = data(client.next("activeAssetCtx")).get("ctx");
            assertTrue(context.get("midPx").isNull() && context.get("impactPxs").isNull(), context.toString());
            assertTrue(context.get("premium").isNull() && context.get("markPx").isTextual(), context.toString());
            JsonNode meta =
                    new RestClient(simulator).json("{\"type\":\"meta\"}").get("universe");
            assertTrue(
                    meta.get(2).get("isDelisted").booleanValue() && !meta.get(1).has("isDelisted"), empty);
        }
    }

    @Test
    void shouldEndTheTradesOfADelistedCoin() {
        SimulatedMarket market = new SimulatedMarket(MODEL);
        market.delist("SOL");
        for (int i = 0; i < 2_000; i++) {
            market.next();
            for (Subscription subscription : List.of(Subscription.trades("SOL"), Subscription.bbo("SOL"))) {
                assertTrue(market.frame(subscription).isEmpty());
            }
        }
    }

    @Test
    void shouldNeedTheMarketsOwnPace() {
        SimulatorConfig config =
                SimulatorConfig.of(MODEL).withConduct(Conduct.good().with("delist"));
        var refused = assertThrows(IllegalArgumentException.class, () -> config.withPace(Pace.max()));
        assertTrue(refused.getMessage().contains("own pace"), refused.getMessage());
    }

    private JsonNode data(String frame) throws Exception {
        return json.readTree(frame).get("data");
    }
}
