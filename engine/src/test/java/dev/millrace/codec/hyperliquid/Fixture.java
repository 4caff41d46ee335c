package dev.millrace.codec.hyperliquid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.market.Channel;
import dev.millrace.market.DecodedFrame;
import dev.millrace.market.Instrument;
import dev.millrace.market.Instruments;
import dev.millrace.market.SymbolTable;
import dev.millrace.metrics.Counters;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A decoder with its counters beside the reference: decodes frames by both and compares. */
final class Fixture {

    /** A coin whose sizes have scale 4. */
    static final String COARSE = "kPEPE";

    final SymbolTable symbols = new SymbolTable();
    final Instruments instruments = new Instruments(symbols);
    final Counters counters = new Counters();
    final DecodedFrame frame = new DecodedFrame();
    final HyperliquidDecoder decoder = new HyperliquidDecoder(symbols, instruments, counters);
    private final ReferenceDecoder reference;
    private byte[] reused = new byte[1024];

    Fixture() {
        instruments.update(
                List.of(new Instrument(COARSE, 0, false, false, 1.0), new Instrument("BTC", 5, false, false, 1.0)));
        reference = new ReferenceDecoder(coin -> {
            Instrument instrument = instruments.of(coin);
            return instrument == null ? 8 : instrument.sizeScale();
        });
    }

    Outcome decode(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return decode(bytes);
    }

    /** Decodes from a larger reused array whose rest still holds older frames, as a ring slot's does. */
    Outcome decode(byte[] bytes) {
        if (reused.length < bytes.length) {
            reused = new byte[bytes.length * 2];
        }
        System.arraycopy(bytes, 0, reused, 0, bytes.length);
        decoder.decode(reused, bytes.length, frame);
        return Outcome.of(frame, symbols);
    }

    long refused(RefusalReason reason) {
        return counters.value("codec.refused." + reason.label());
    }

    long frames(Channel channel) {
        String label = switch (channel) {
            case UNKNOWN -> "unknown";
            case NOT_A_MESSAGE -> "not-a-message";
            default -> channel.wireName();
        };
        return counters.value("codec.frames." + label);
    }

    /** Decodes by both and requires equal values, equal refusals and a right reason for each. */
    Outcome decodeAndCompare(byte[] bytes, String context) {
        Map<RefusalReason, Long> before = reasons();
        Outcome expected = reference.decode(bytes, bytes.length);
        Outcome actual = decode(bytes);
        String shown = context + ": " + new String(bytes, StandardCharsets.UTF_8);
        assertEquals(expected, actual, shown);
        compareReasons(before, shown);
        return actual;
    }

    private void compareReasons(Map<RefusalReason, Long> before, String shown) {
        long counted = 0;
        List<Set<RefusalReason>> expected = reference.refusals();
        for (RefusalReason reason : RefusalReason.values()) {
            long now = refused(reason) - before.get(reason);
            counted += now;
            long possible =
                    expected.stream().filter(set -> set.contains(reason)).count();
            assertTrue(
                    now <= possible,
                    () -> "counted " + reason + " " + now + " times, right were " + expected + "; " + shown);
        }
        assertEquals(expected.size(), counted, shown);
    }

    private Map<RefusalReason, Long> reasons() {
        Map<RefusalReason, Long> counts = new EnumMap<>(RefusalReason.class);
        Arrays.stream(RefusalReason.values()).forEach(reason -> counts.put(reason, refused(reason)));
        return counts;
    }
}
