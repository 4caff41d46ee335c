package dev.millrace.codec.hyperliquid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.market.Channel;
import dev.millrace.market.Subscription;
import dev.millrace.simulator.Cadence;
import dev.millrace.simulator.MarketModel;
import dev.millrace.simulator.SimulatedCoin;
import dev.millrace.simulator.SimulatedMarket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Frames exactly as the venue writes them, which take the short ways, whole and changed in a few bytes, against Jackson
 * under the same rules; the short ways must neither take nor refuse anything else.
 */
class UsualFormsTest {

    private static final long START_MS = 1_756_904_000_000L;
    private static final int FRAMES = 20;
    private static final int CHANGES = 60;
    private static final String[] NUMBERS = {
        "0",
        "0.0",
        "00.1",
        "01",
        "1.",
        ".5",
        "-1",
        "1e5",
        "12345678",
        "123456789",
        "1234567890123456",
        "12345678901234567",
        "9223372036854775807",
        "9223372036854775808",
        "92233720368.5",
        "99999999.99999999",
        "0.00000001",
        "0.000000001",
        "1234567890.12345678",
        "12345678901.1",
        "7.123456789",
        "1.1.1",
        "1,1",
        "",
        " 1",
        "1 ",
        "\u00e9"
    };

    private static final MarketModel MODEL = MarketModel.of(3, START_MS)
            .withCoins(Stream.of("BTC", Fixture.COARSE, "PURR/USDC")
                    .map(SimulatedCoin::named)
                    .toList())
            .withCadence(Cadence.lively());

    static List<Subscription> subscriptions() {
        return List.of(
                Subscription.trades("BTC"),
                Subscription.trades(Fixture.COARSE),
                Subscription.book("BTC", false),
                Subscription.book("PURR/USDC", true),
                Subscription.bbo(Fixture.COARSE),
                Subscription.allMids(""),
                Subscription.candle("BTC", "1m"),
                Subscription.assetContext("BTC"));
    }

    @ParameterizedTest
    @MethodSource("subscriptions")
    void shouldAgreeWithJacksonOnWholeFrames(Subscription subscription) {
        Fixture fixture = new Fixture();
        for (byte[] frame : frames(subscription)) {
            assertEquals(
                    0, fixture.decodeAndCompare(frame, subscription.toString()).refused());
        }
        assertEquals(FRAMES, fixture.frames(subscription.channel()));
    }

    @ParameterizedTest
    @MethodSource("subscriptions")
    void shouldAgreeWithJacksonOnChangedBytes(Subscription subscription) {
        long seed = 1;
        Random random = new Random(seed);
        Fixture fixture = new Fixture();
        List<byte[]> frames = frames(subscription);
        for (int i = 0; i < changes(subscription); i++) {
            byte[] frame = frames.get(i % FRAMES).clone();
            // What is changed before the end of a short way shows where it gave up.
            for (int changes = random.nextInt(2); changes >= 0; changes--) {
                frame[random.nextInt(frame.length)] = changedByte(random);
            }
            fixture.decodeAndCompare(frame, subscription + " seed " + seed + " change " + i);
        }
        assertTrue(fixture.frames(subscription.channel()) > 0);
    }

    @ParameterizedTest
    @MethodSource("subscriptions")
    void shouldAgreeWithJacksonOnEveryKindOfNumber(Subscription subscription) {
        long seed = 2;
        Random random = new Random(seed);
        Fixture fixture = new Fixture();
        List<byte[]> frames = frames(subscription);
        for (int i = 0; i < changes(subscription); i++) {
            String frame = new String(frames.get(i % FRAMES), StandardCharsets.UTF_8);
            String changed = withNumber(frame, random, NUMBERS[i % NUMBERS.length]);
            fixture.decodeAndCompare(
                    changed.getBytes(StandardCharsets.UTF_8), subscription + " seed " + seed + " change " + i);
        }
        assertTrue(fixture.refused(RefusalReason.DECIMALS) + fixture.refused(RefusalReason.NUMBER) > 0);
    }

    /** In an array that ends with the frame nothing can be looked at behind it, and a stale rest means nothing. */
    @ParameterizedTest
    @MethodSource("subscriptions")
    void shouldNotDependOnWhatStandsBehindTheFrame(Subscription subscription) {
        Fixture fixture = new Fixture();
        for (byte[] frame : frames(subscription)) {
            fixture.decoder.decode(frame, frame.length, fixture.frame);
            Outcome exact = Outcome.of(fixture.frame, fixture.symbols);
            assertEquals(exact, fixture.decode(frame));
            byte[] longer = Arrays.copyOf(frame, frame.length + 1024);
            for (int cut = 1; cut < Math.min(frame.length, 100); cut++) {
                fixture.decoder.decode(longer, frame.length - cut, fixture.frame);
                assertEquals(Channel.NOT_A_MESSAGE, fixture.frame.channel, () -> subscription + " cut");
            }
        }
    }

    @Test
    void shouldTellNamesWhateverTheFrameBeforeHeld() {
        long seed = 3;
        Random random = new Random(seed);
        Fixture fixture = new Fixture();
        List<String> names = new ArrayList<>(List.of(
                "A",
                "AB",
                "ABCDEFG",
                "ABCDEFGH",
                "ABCDEFGHI",
                "ABCDEFGHIJKLMN",
                "ABCDEFGHIJKLMNO",
                "ABCDEFGHIJKLMNOP",
                "ABCDEFGHIJKLMNOPQ",
                "xyz:TSLA",
                "#1040",
                "#1041",
                "日本",
                "A\\\"",
                "A\\u0042",
                "A\\\\"));
        for (int i = 0; i < 3_000; i++) {
            int one = random.nextInt(names.size());
            names.add(random.nextInt(4) == 0 ? random.nextInt(names.size()) : one, names.remove(one));
            StringBuilder frame = new StringBuilder("{\"channel\":\"allMids\",\"data\":{\"mids\":{");
            int count = 1 + random.nextInt(names.size());
            for (int j = 0; j < count; j++) {
                String name = random.nextInt(60) == 0 ? names.get(random.nextInt(count)) : names.get(j);
                frame.append(j == 0 ? "\"" : ",\"")
                        .append(name)
                        .append("\":\"")
                        .append(j + 1)
                        .append(".5\"");
            }
            fixture.decodeAndCompare(
                    frame.append("}}}").toString().getBytes(StandardCharsets.UTF_8), "seed " + seed + " frame " + i);
        }
        assertTrue(fixture.refused(RefusalReason.DUPLICATE) > 0);
    }

    private static int changes(Subscription subscription) {
        return subscription.channel() == Channel.ALL_MIDS ? CHANGES : 10 * CHANGES;
    }

    private static byte changedByte(Random random) {
        String likely = "\"\\{}[]:,.-0123456789eEABntf \u0000\u001f\u007f";
        return random.nextBoolean()
                ? (byte) random.nextInt(256)
                : (byte) likely.charAt(random.nextInt(likely.length()));
    }

    /** The frame with one of its numbers exchanged. */
    private static String withNumber(String frame, Random random, String number) {
        int from;
        do {
            from = random.nextInt(frame.length());
        } while (!startsNumber(frame, from));
        int to = from;
        while (Character.isDigit(frame.charAt(to)) || frame.charAt(to) == '.') {
            to++;
        }
        return frame.substring(0, from) + number + frame.substring(to);
    }

    private static boolean startsNumber(String frame, int at) {
        return at > 0
                && Character.isDigit(frame.charAt(at))
                && (frame.charAt(at - 1) == '"' || frame.charAt(at - 1) == ':');
    }

    private static List<byte[]> frames(Subscription subscription) {
        SimulatedMarket market = new SimulatedMarket(MODEL);
        List<byte[]> frames = new ArrayList<>();
        while (frames.size() < FRAMES) {
            market.next();
            market.frame(subscription).ifPresent(frames::add);
        }
        return frames;
    }
}
