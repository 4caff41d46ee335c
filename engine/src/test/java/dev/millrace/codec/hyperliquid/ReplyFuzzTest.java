package dev.millrace.codec.hyperliquid;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.millrace.FuzzInputs;
import dev.millrace.market.Subscription;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes as a reply, a control frame or a subscription: read or refused in words, never another exception, and never
 * read where Jackson says that this is no JSON.
 */
class ReplyFuzzTest {

    /** One way to read a reply. */
    private interface Reading {
        List<?> read(byte[] body, int length) throws IOException;
    }

    private static final int LARGE_BYTES = 3_000;

    private static final MetadataDecoder METADATA = new MetadataDecoder();
    private static final ControlFrame CONTROL = new ControlFrame();
    private static final List<Reading> READINGS =
            List.of(METADATA::meta, METADATA::metaAndAssetCtxs, METADATA::spotMeta, METADATA::perpDexs);

    @Test
    void shouldReadOrRefuseSeedsChangedSeedsAndKeptInputs() throws IOException {
        Random random = new Random(5);
        FrameMutator mutator = new FrameMutator(random);
        for (byte[] seed : seeds().toList()) {
            check(seed);
            FrameMutator.Seed parts = FrameMutator.Seed.of(new String(seed, StandardCharsets.UTF_8));
            for (int i = 0; i < 60; i++) {
                check(mutator.mutated(parts));
            }
        }
        FuzzInputs.kept(ReplyFuzzTest.class).forEach(ReplyFuzzTest::check);
    }

    @Tag("fuzz")
    @MethodSource("seeds")
    @FuzzTest
    void shouldReadOrRefuse(byte[] payload) {
        check(payload);
    }

    static Stream<byte[]> seeds() throws IOException {
        List<String> texts = new ArrayList<>(List.of(
                "{\"universe\":[{\"name\":\"BTC\",\"szDecimals\":5,\"isDelisted\":true}]}",
                "[{\"universe\":[{\"name\":\"BTC\",\"szDecimals\":5}]},[{\"dayNtlVlm\":\"1.5\"}]]",
                "{\"tokens\":[{\"index\":0,\"szDecimals\":2}],\"universe\":[{\"name\":\"@1\",\"tokens\":[0,0]}]}",
                "[null,{\"name\":\"xyz\"}]",
                "{\"type\":\"l2Book\",\"coin\":\"BTC\",\"nSigFigs\":null,\"fast\":true}",
                "{\"channel\":\"error\",\"data\":\"Already subscribed: {\\\"type\\\":\\\"trades\\\",\\\"coin\\\":\\\"BTC\\\"}\"}",
                "{\"channel\":\"subscriptionResponse\",\"data\":{\"method\":\"subscribe\",\"subscription\":"
                        + "{\"type\":\"candle\",\"coin\":\"BTC\",\"interval\":\"1m\"}}}"));
        for (Path file : RecordedFiles.ifPresent("hyperliquid/rest")) {
            RecordedFiles.frames(file).stream()
                    .limit(1)
                    .map(ReplyFuzzTest::shortened)
                    .forEach(texts::add);
        }
        return texts.stream().map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    private static String shortened(String text) {
        return text.length() > LARGE_BYTES
                ? FrameMutator.Seed.of(text).shortened().text()
                : text;
    }

    private static void check(byte[] payload) {
        if (payload == null) {
            return; // Jazzer's first try
        }
        boolean isJson = isJson(payload);
        for (Reading reading : READINGS) {
            try {
                reading.read(payload, payload.length);
                assertTrue(isJson, "read, but no JSON");
            } catch (IOException refused) {
                assertFalse(refused.getMessage().isBlank());
            }
        }
        Optional<Subscription> subscription = SubscriptionText.parse(payload, payload.length);
        subscription.ifPresent(ReplyFuzzTest::comesBack);
        CONTROL.read(payload, payload.length);
        CONTROL.subscription().ifPresent(ReplyFuzzTest::comesBack);
    }

    private static void comesBack(Subscription subscription) {
        byte[] text = SubscriptionText.text(subscription).getBytes(StandardCharsets.UTF_8);
        assertTrue(
                SubscriptionText.parse(text, text.length)
                        .filter(subscription::equals)
                        .isPresent(),
                () -> subscription + " comes back otherwise");
    }

    private static boolean isJson(byte[] payload) {
        try {
            Json.parse(payload, payload.length);
            return true;
        } catch (IOException notJson) {
            return false;
        }
    }
}
