package dev.millrace.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.codec.hyperliquid.Understood;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A venue that gives at most so many rows at a time, the oldest or the newest of a stretch, many of one millisecond. */
class TimePagesTest {

    private static final long END_MS = 100_000;

    private record Row(long timeMs, int id) {}

    private final List<Row> rows = new ArrayList<>();
    private final Set<Integer> unreadable = new HashSet<>();
    private final Set<String> odd = new LinkedHashSet<>();
    private int pages;

    @Test
    void shouldGiveEveryRowOnceWhicheverPartThePagesAre() throws Exception {
        for (long seed = 0; seed < 40; seed++) {
            rows.clear();
            SplittableRandom random = new SplittableRandom(seed);
            int count = random.nextInt(6_000);
            long timeMs = 0;
            for (int id = 0; id < count; id++) {
                timeMs += random.nextInt(3) == 0 ? random.nextInt(20) : 0;
                rows.add(new Row(timeMs, id));
            }
            int most = random.nextBoolean() ? 500 : 2_000;
            boolean newestFirst = random.nextBoolean();
            long fromMs = random.nextLong(5_000);
            List<Row> expected =
                    rows.stream().filter(row -> row.timeMs() >= fromMs).toList();
            List<Row> all = TimePages.all(
                    fromMs,
                    END_MS,
                    Row::timeMs,
                    (askedMs, untilMs) -> page(askedMs, untilMs, most, newestFirst),
                    odd::add);
            assertEquals(expected.size(), all.size(), "seed " + seed);
            assertEquals(
                    expected,
                    all.stream()
                            .sorted(Comparator.comparingLong(Row::timeMs).thenComparingInt(Row::id))
                            .toList(),
                    "seed " + seed);
            for (int i = 1; i < all.size(); i++) {
                assertTrue(all.get(i - 1).timeMs() <= all.get(i).timeMs(), "ascending, seed " + seed);
            }
        }
    }

    @Test
    void shouldAskOnceWhereOnePageSuffices() throws Exception {
        rows.add(new Row(7, 1));
        assertEquals(rows, TimePages.all(0, END_MS, Row::timeMs, (from, to) -> page(from, to, 500, false), odd::add));
        assertEquals(1, pages);
    }

    /** A page of which a row is left out is full all the same. */
    @Test
    void shouldGoOnBehindAPageOfWhichRowsAreLeftOut() throws Exception {
        for (int id = 0; id < 1_200; id++) {
            rows.add(new Row(id, id));
        }
        unreadable.addAll(Set.of(0, 499, 700));
        List<Row> all = TimePages.all(0, END_MS, Row::timeMs, (from, to) -> page(from, to, 500, false), odd::add);
        assertEquals(1_197, all.size());
        assertEquals(Set.of("row 0", "row 499", "row 700"), odd);
        assertEquals(3, pages);
    }

    @Test
    void shouldRefuseToGoOnBehindAPageOfWhichNothingIsUnderstood() {
        for (int id = 0; id < 600; id++) {
            rows.add(new Row(id, id));
            unreadable.add(id);
        }
        InfoException refused = assertThrows(
                InfoException.class,
                () -> TimePages.all(0, END_MS, Row::timeMs, (from, to) -> page(from, to, 500, false), odd::add));
        assertTrue(refused.getMessage().startsWith("none of 500 rows could be read"), refused::getMessage);
    }

    @Test
    void shouldRefuseToLeaveOutTheRestOfOneMillisecond() {
        for (int id = 0; id < 501; id++) {
            rows.add(new Row(7, id));
        }
        InfoException refused = assertThrows(
                InfoException.class,
                () -> TimePages.all(0, END_MS, Row::timeMs, (from, to) -> page(from, to, 500, false), odd::add));
        assertTrue(refused.getMessage().contains("500 rows of the one millisecond 7"), refused::getMessage);
    }

    private Understood<List<Row>> page(long fromMs, long toMs, int most, boolean newestFirst) {
        pages++;
        List<Row> within = new ArrayList<>(rows.stream()
                .filter(row -> row.timeMs() >= fromMs && row.timeMs() <= toMs)
                .toList());
        if (newestFirst) {
            Collections.reverse(within);
        }
        List<Row> given = within.subList(0, Math.min(most, within.size()));
        return new Understood<>(
                given.stream().filter(row -> !unreadable.contains(row.id())).toList(),
                given.stream()
                        .filter(row -> unreadable.contains(row.id()))
                        .map(row -> "row " + row.id())
                        .toList());
    }
}
