package dev.millrace.codec.hyperliquid;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.market.Subscription;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SubscriptionTextTest {

    private static final List<Subscription> EVERY_KIND = List.of(
            Subscription.trades("BTC"),
            Subscription.book("kPEPE", false),
            Subscription.book("xyz:TSLA", true),
            Subscription.bbo("@107"),
            Subscription.allMids(""),
            Subscription.allMids("xyz"),
            Subscription.candle("PURR/USDC", "1m"),
            Subscription.assetContext("BTC"));

    @Test
    void shouldWriteTheFramesThatTheVenueDocuments() {
        assertEquals(
                "{\"method\":\"subscribe\",\"subscription\":{\"type\":\"l2Book\",\"coin\":\"BTC\",\"fast\":true}}",
                new String(SubscriptionText.subscribe(Subscription.book("BTC", true)), UTF_8));
        assertEquals(
                "{\"method\":\"unsubscribe\",\"subscription\":{\"type\":\"candle\",\"coin\":\"BTC\",\"interval\":\"1m\"}}",
                new String(SubscriptionText.unsubscribe(Subscription.candle("BTC", "1m")), UTF_8));
        assertEquals("{\"method\":\"ping\"}", new String(SubscriptionText.ping(), UTF_8));
    }

    @Test
    void shouldReadBackWhatItWrites() {
        for (Subscription subscription : EVERY_KIND) {
            assertEquals(Optional.of(subscription), parse(SubscriptionText.text(subscription)));
        }
    }

    @Test
    void shouldQuoteNamesThatNeedIt() {
        Subscription odd = Subscription.trades("a\"b\\c\u00e9");
        assertEquals(Optional.of(odd), parse(SubscriptionText.text(odd)));
    }

    @Test
    void shouldMatchAnEchoByMeaningInAnyKeyOrderAndWithAddedDefaults() {
        long seed = 20261122;
        Random random = new Random(seed);
        for (int round = 0; round < 1000; round++) {
            Subscription subscription = EVERY_KIND.get(random.nextInt(EVERY_KIND.size()));
            String echo = echo(subscription, random);
            assertEquals(Optional.of(subscription), parse(echo), () -> "seed " + seed + ": " + echo);
        }
    }

    @Test
    void shouldNotTakeAnAggregatedBookForThePlainOne() {
        assertEquals(Optional.empty(), parse("{\"type\":\"l2Book\",\"coin\":\"BTC\",\"nSigFigs\":5}"));
        assertEquals(Optional.empty(), parse("{\"type\":\"l2Book\",\"coin\":\"BTC\",\"nSigFigs\":5,\"mantissa\":2}"));
    }

    @Test
    void shouldRefuseWhatIsNoSubscription() {
        for (String text : List.of(
                "", "null", "[]", "{}", "{\"type\":\"trades\"}", "{\"type\":\"x\",\"coin\":\"BTC\"}", "{", "BTC")) {
            assertEquals(Optional.empty(), parse(text), text);
        }
    }

    @Test
    void shouldParseNothingFromATextThatIsCutAnywhere() {
        String text =
                "{\"type\":\"candle\",\"coin\":\"\\u0042\\\\\u65e5\",\"interval\":\"1m\",\"n\":1.5,\"fast\":true}";
        for (int length = 0; length < text.length(); length++) {
            assertEquals(Optional.empty(), parse(text.substring(0, length)));
        }
    }

    private static Optional<Subscription> parse(String json) {
        byte[] bytes = json.getBytes(UTF_8);
        return SubscriptionText.parse(bytes, bytes.length);
    }

    private static String echo(Subscription subscription, Random random) {
        List<String> fields = new ArrayList<>();
        String sent = SubscriptionText.text(subscription).replace(",\"fast\":true", "");
        Collections.addAll(fields, sent.substring(1, sent.length() - 1).split(","));
        switch (subscription.channel()) {
            case L2_BOOK -> {
                Collections.addAll(fields, "\"nSigFigs\":null", "\"mantissa\":null");
                if (subscription.fast() || random.nextBoolean()) {
                    fields.add("\"fast\":" + subscription.fast());
                }
            }
            case ALL_MIDS -> fields.add("\"added\":{\"later\":[1,2]}");
            default -> fields.add("\"dex\":null");
        }
        Collections.shuffle(fields, random);
        return "{ " + String.join(" , ", fields) + " }";
    }
}
