package dev.millrace.codec.hyperliquid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.market.Channel;
import dev.millrace.market.DecodedFrame;
import dev.millrace.market.Instrument;
import dev.millrace.market.Instruments;
import dev.millrace.market.SymbolTable;
import dev.millrace.metrics.Counter;
import dev.millrace.metrics.Counters;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

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
    private final List<Counter> refusedCounters = Arrays.stream(RefusalReason.values())
            .map(reason -> counters.counter("codec.refused." + reason.label(), reason.help()))
            .toList();
    private byte[] reused = new byte[1024];

    Fixture() {
        instruments.update(List.of(
                new Instrument(COARSE, 0, 0, false, false, 0, false, 1.0),
                new Instrument("BTC", 0, 5, false, false, 0, false, 1.0)));
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
        long[] before = refusedByReason();
        Outcome expected = reference.decode(bytes, bytes.length);
        Outcome actual = decode(bytes);
        Supplier<String> shown = () -> context + ": " + new String(bytes, StandardCharsets.UTF_8);
        assertEquals(expected, actual, shown);
        compareReasons(before, shown);
        return actual;
    }

    private void compareReasons(long[] before, Supplier<String> shown) {
        long[] now = refusedByReason();
        long counted = 0;
        List<Set<RefusalReason>> expected = reference.refusals();
        for (RefusalReason reason : RefusalReason.values()) {
            long times = now[reason.ordinal()] - before[reason.ordinal()];
            counted += times;
            long right = expected.stream().filter(set -> set.contains(reason)).count();
            assertTrue(
                    times <= right, () -> times + " times " + reason + ", right is " + expected + "; " + shown.get());
        }
        assertEquals(expected.size(), counted, shown);
    }

    private long[] refusedByReason() {
        return refusedCounters.stream().mapToLong(Counter::get).toArray();
    }
}
