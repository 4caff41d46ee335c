package dev.millrace.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.Recordings;
import dev.millrace.market.Lifecycle;
import dev.millrace.market.MarketEvent;
import dev.millrace.market.RecordKind;
import dev.millrace.market.StateException;
import dev.millrace.market.StateReader;
import dev.millrace.market.StateWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A market that took up the state of another at any record goes on as that one: it tells the same from there on, and its
 * state at the end is the same byte for byte. A failing seed is named.
 */
class MarketStateTest {

    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long RECORDED_MS = 1_785_462_143_000L;
    private static final int STEPS = 150;
    private static final int CUTS = 2;

    @Test
    void shouldGoOnFromAnyRecordAsIfNeverInterrupted() {
        lives(1, 100);
    }

    @Test
    @Tag("stress")
    @Tag("stress-market")
    void shouldGoOnFromAnyRecordOfManyLives() {
        lives(1_000_000, 30_000);
    }

    @Test
    void shouldGoOnFromAnyRecordOfARecording() throws IOException {
        Tape tape = new Tape()
                .session(RECORDED_MS, Tape.results(20, Duration.ofMinutes(10), "1s", "1m"))
                .lifecycle(Lifecycle.CONNECTED, 1, RECORDED_MS)
                .frame(1, RECORDED_MS, Frames.tradesAck("BTC"));
        List<String> lines = Files.readAllLines(Recordings.file("hyperliquid/ws/h5i-btc-20260731-live.jsonl"));
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            String raw = line.substring(line.indexOf("\"raw\":") + 6, line.lastIndexOf('}'));
            tape.frame(1, RECORDED_MS + 100L * i, raw);
        }
        assertTrue(played(tape).counters.value("trades.accepted") > 20, "a recording of trades");
        List<MarketEvent> records = tape.records();
        check(records, IntStream.rangeClosed(1, records.size()).toArray(), -1);
    }

    /** A section that no life ever fills would prove nothing. */
    @Test
    void shouldHaveSomethingToRememberInEverySection() {
        Map<String, Integer> longest = new HashMap<>();
        Map<String, Integer> shortest = new HashMap<>();
        for (long seed = 1; seed <= 60; seed++) {
            Told told = new Told();
            for (MarketEvent event : RandomJournal.of(seed, 150).records()) {
                told.market.onEvent(event);
                sections(told.state()).forEach((tag, length) -> {
                    longest.merge(tag, length, Math::max);
                    shortest.merge(tag, length, Math::min);
                });
            }
        }
        assertEquals(19, longest.size());
        longest.keySet().stream()
                // UniverseRecordsTest and BookCoverageTest fill the last two.
                .filter(tag -> !List.of("CLCK", "UNIV", "ABSN").contains(tag))
                .forEach(tag -> assertTrue(longest.get(tag) > shortest.get(tag), tag + " never grows"));
    }

    @Test
    void shouldRefuseAStateThatIsCutOrMixedUp() {
        byte[] state = played(RandomJournal.of(7, 300)).state();
        for (int length = 0; length < state.length; length += 1 + state.length / 300) {
            byte[] cut = Arrays.copyOf(state, length);
            assertThrows(StateException.class, () -> Told.resumed(cut, false), () -> "cut to " + cut.length);
        }
        String longer = refusal(Arrays.copyOf(state, state.length + 1));
        assertTrue(longer.contains("1 bytes follow section SPIK"), longer);
        byte[] misnamed = state.clone();
        misnamed[0] = 'X';
        String missing = refusal(misnamed);
        assertEquals("section SESS is missing; XESS stands in its place", missing);
    }

    /** Every section is filled, and the room is there after the first copy. */
    @Test
    void shouldAllocateNothingForACopy() {
        Told told = played(RandomJournal.of(7, 3_000));
        StateWriter out = new StateWriter();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 200; i++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            out.clear();
            told.market.writeTo(out);
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        long ownCost = THREADS.getCurrentThreadAllocatedBytes();
        ownCost = THREADS.getCurrentThreadAllocatedBytes() - ownCost;
        assertEquals(ownCost, least);
    }

    @Test
    void shouldRefuseASecondState() {
        Told told = played(RandomJournal.of(7, 10));
        byte[] state = told.state();
        assertThrows(
                IllegalStateException.class, () -> told.market.readFrom(new StateReader(state, state.length), 1, 1));
    }

    private static String refusal(byte[] state) {
        return assertThrows(StateException.class, () -> Told.resumed(state, false))
                .getMessage();
    }

    private static Told played(Tape tape) {
        Told told = new Told();
        tape.play(told.market);
        return told;
    }

    private static void lives(long firstSeed, int count) {
        for (long seed = firstSeed; seed < firstSeed + count; seed++) {
            try {
                check(seed);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    /** Where one life was left, and what the market remembered there. */
    private static final class Cut {
        final int at;
        final byte[] state;
        final int linesBefore;
        final boolean inSession;

        Cut(int at, Told told, boolean inSession) {
            this.at = at;
            this.state = told.state();
            this.linesBefore = told.lines.size();
            this.inSession = inSession;
        }
    }

    private static void check(long seed) {
        List<MarketEvent> records = RandomJournal.of(seed, STEPS).records();
        int[] places = new Random(seed).ints(CUTS, 1, records.size()).sorted().toArray();
        check(records, places, new Random(-seed).nextInt(records.size()));
    }

    /** A life of which every die is drawn from this one, the places where it is cut as well. */
    static void check(Random random) {
        List<MarketEvent> records = RandomJournal.of(random, STEPS).records();
        int[] places = {1 + random.nextInt(records.size() - 1), 1 + random.nextInt(records.size() - 1)};
        check(records, places, random.nextInt(records.size()));
    }

    private static void check(List<MarketEvent> records, int[] places, int skipAt) {
        Told whole = new Told();
        List<Cut> cuts = new ArrayList<>();
        for (int i = 0; i < records.size(); i++) {
            play(whole, records, i, skipAt);
            int done = i + 1;
            if (Arrays.stream(places).anyMatch(place -> place == done)) {
                cuts.add(new Cut(done, whole, !isStop(records.get(i))));
            }
        }
        for (Cut cut : cuts) {
            Told resumed = Told.resumed(cut.state, cut.inSession);
            assertArrayEquals(cut.state, resumed.state(), "taken up at record " + cut.at);
            for (int i = cut.at; i < records.size(); i++) {
                play(resumed, records, i, skipAt);
            }
            assertEquals(
                    String.join("\n", whole.lines.subList(cut.linesBefore, whole.lines.size())),
                    String.join("\n", resumed.lines),
                    "told after record " + cut.at);
            assertArrayEquals(whole.state(), resumed.state(), "state in the end, from record " + cut.at);
            assertEquals(
                    resumed.counters.value("trades.accepted"),
                    resumed.counters.value("trades.barred") + resumed.counters.value("trades.late-unbarred"),
                    "accepted = barred + late");
            for (String gauge : List.of("bars.open", "feed.live")) {
                assertEquals(whole.counters.value(gauge), resumed.counters.value(gauge), gauge);
            }
        }
    }

    /** One of the records follows a place that could not be read. */
    private static void play(Told told, List<MarketEvent> records, int index, int skipAt) {
        long beforeMs = told.market.venueTimeMs();
        MarketEvent event = records.get(index);
        told.market.onEvent(event);
        if (index == skipAt) {
            told.market.onSkipped(beforeMs, event.receiveNs());
        }
    }

    private static boolean isStop(MarketEvent event) {
        return event.kind() == RecordKind.LIFECYCLE
                && Lifecycle.of(event.bytes(), event.length()) == Lifecycle.STOPPING;
    }

    private static Map<String, Integer> sections(byte[] state) {
        Map<String, Integer> lengths = new HashMap<>();
        ByteBuffer in = ByteBuffer.wrap(state).order(ByteOrder.LITTLE_ENDIAN);
        while (in.hasRemaining()) {
            byte[] tag = new byte[4];
            in.get(tag);
            int length = in.getInt();
            in.position(in.position() + length);
            lengths.put(new String(tag, StandardCharsets.US_ASCII), length);
        }
        return lengths;
    }
}
