package dev.millrace.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.market.Instrument;
import dev.millrace.market.UniverseDecision;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class UniverseTest {

    private static final long MINUTE_MS = 60_000;
    private static final long DAY_MS = 1_440 * MINUTE_MS;
    private static final long DAY = 20_000;

    private final Venue venue = new Venue();
    private Universe universe = universe(UniverseDecision.NONE);
    private final TreeMap<Long, UniverseDecision> decisions = new TreeMap<>();

    @Test
    void shouldDecideAtTenPastMidnightAndAdmitTheSecondTime() throws Exception {
        run(DAY * DAY_MS, 3 * 1_440);
        assertEquals(
                List.of(DAY, DAY + 1, DAY + 2),
                decisions.keySet().stream().map(ms -> ms / DAY_MS).toList());
        assertEquals(
                List.of(81L, 10L, 10L),
                decisions.keySet().stream().map(ms -> ms % DAY_MS / MINUTE_MS).toList(),
                "the first waits for its samples");
        assertEquals(
                List.of(List.of(), List.of("A", "B"), List.of("A", "B")),
                decisions.values().stream().map(UniverseDecision::members).toList());
    }

    @Test
    void shouldGoOnFromTheDecisionBefore() throws Exception {
        run(DAY * DAY_MS, 1_440);
        universe = universe(decisions.lastEntry().getValue());
        run((DAY + 1) * DAY_MS - 100 * MINUTE_MS, 120);
        assertEquals(2, decisions.size());
        assertEquals(List.of("A", "B"), decisions.lastEntry().getValue().members());
    }

    @Test
    void shouldDecideNothingWithoutTheVenuesList() throws Exception {
        run(DAY * DAY_MS, 1_440);
        venue.listed.clear();
        long at = (DAY + 1) * DAY_MS + 10 * MINUTE_MS;
        run((DAY + 1) * DAY_MS - 100 * MINUTE_MS, 100);
        assertThrows(IOException.class, () -> universe.work(at));
        venue.listed.addAll(Venue.ALL);
        assertTrue(universe.work(at + MINUTE_MS).isPresent(), "it is made up for as soon as the list is there");
    }

    @Test
    void shouldKeepWhatCouldNotBeReadAndDropWhatIsGone() throws Exception {
        run(DAY * DAY_MS, 2 * 1_440);
        venue.mute.add("A");
        venue.listed.remove("B");
        run((DAY + 2) * DAY_MS, 20);
        UniverseDecision last = decisions.lastEntry().getValue();
        assertEquals(List.of("A"), last.members());
        assertEquals("not read: unchanged", reason(last, "A"));
        assertEquals("delisted: leaves", reason(last, "B"));
    }

    @Test
    void shouldTakeNoCandlesForUnreadOfACoinThatHadSome() throws Exception {
        run(DAY * DAY_MS, 2 * 1_440);
        venue.empty.add("A");
        run((DAY + 2) * DAY_MS, 20);
        UniverseDecision last = decisions.lastEntry().getValue();
        assertEquals(Set.of("A", "B"), Set.copyOf(last.members()));
        assertEquals("not read: unchanged", reason(last, "A"));
    }

    @Test
    void shouldDecideNothingByTheFewThatTheVenueGave() throws Exception {
        run(DAY * DAY_MS, 2 * 1_440);
        run((DAY + 2) * DAY_MS, 10);
        venue.failing.addAll(List.of("A", "P0"));
        long at = (DAY + 2) * DAY_MS + 10 * MINUTE_MS;
        assertEquals(
                "the venue gave the daily candles of 10 of 12 coins, too few to choose a universe by",
                assertThrows(IOException.class, () -> universe.work(at)).getMessage());
        venue.failing.clear();
        assertEquals(
                List.of("A", "B"), universe.work(at + MINUTE_MS).orElseThrow().members());
    }

    @Test
    void shouldCountNoRoundOfBooksThatTheVenueDidNotGive() throws Exception {
        run(DAY * DAY_MS, 1_440 + 60);
        venue.booksFail = true;
        for (long at = (DAY + 2) * DAY_MS - 80 * MINUTE_MS; at < (DAY + 2) * DAY_MS + 10 * MINUTE_MS; at += MINUTE_MS) {
            long now = at;
            assertThrows(IOException.class, () -> universe.work(now));
        }
        venue.booksFail = false;
        run((DAY + 2) * DAY_MS + 10 * MINUTE_MS, 90);
        assertEquals(3, decisions.size(), "late, after ten rounds");
        assertEquals(List.of("A", "B"), decisions.lastEntry().getValue().members());
    }

    @Test
    void shouldNotAskForWhatTheListAlreadyRefuses() throws Exception {
        run(DAY * DAY_MS, 1_440);
        assertTrue(venue.asked.stream().noneMatch(coin -> coin.equals("DEAD")));
        assertEquals("delisted", reason(decisions.lastEntry().getValue(), "DEAD"));
    }

    private void run(long fromMs, int minutes) throws Exception {
        for (long at = fromMs; at < fromMs + minutes * MINUTE_MS; at += MINUTE_MS) {
            venue.nowMs = at;
            long decidedMs = at;
            universe.work(at).ifPresent(decision -> decisions.put(decidedMs, decision));
        }
    }

    private Universe universe(UniverseDecision last) {
        return new Universe(Samples.config(Samples.MEMBERS), venue, last);
    }

    private static String reason(UniverseDecision decision, String coin) {
        return decision.verdicts().stream()
                .filter(verdict -> verdict.symbol().equals(coin))
                .findAny()
                .orElseThrow()
                .reason();
    }

    /** Two good coins, a delisted one and ten that nobody trades. */
    private static final class Venue implements VenueReader {

        static final List<String> ALL =
                List.of("A", "B", "DEAD", "P0", "P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "P9");
        final List<String> listed = new ArrayList<>(ALL);
        final List<String> asked = new ArrayList<>();
        final Set<String> mute = new HashSet<>();
        final Set<String> empty = new HashSet<>();
        final Set<String> failing = new HashSet<>();
        boolean booksFail;
        long nowMs;

        @Override
        public List<AssetInputs> perps() {
            return listed.stream().map(Venue::listed).toList();
        }

        private static AssetInputs listed(String name) {
            Instrument perp = name.equals("DEAD") ? Samples.perp(name).gone() : Samples.perp(name);
            return new AssetInputs(perp, 5e7, List.of(), List.of());
        }

        @Override
        public Optional<BookSample> book(String coin) throws IOException {
            fail(coin);
            if (booksFail) {
                throw new IOException("slow");
            }
            return Optional.of(new BookSample(nowMs, 2, 4e5, false));
        }

        @Override
        public List<DayCandle> candles(String coin, long firstDay, long lastDay) throws IOException {
            fail(coin);
            if (failing.contains(coin)) {
                throw new IOException("slow");
            }
            if (empty.contains(coin)) {
                return List.of();
            }
            double[] returns = new Random(coin.hashCode())
                    .doubles(lastDay - firstDay + 1, -.08, .08)
                    .toArray();
            return Samples.candles(lastDay + 1, coin.startsWith("P") ? 5 : 5e7, returns);
        }

        private void fail(String coin) throws IOException {
            asked.add(coin);
            if (mute.contains(coin)) {
                throw new IOException("slow");
            }
        }
    }
}
